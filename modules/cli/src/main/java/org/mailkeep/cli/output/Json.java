package org.mailkeep.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;

/**
 * One JSON object. Values are strings, numbers, booleans, lists and maps; a path that is not UTF-8
 * is written with replacement characters, and beside it as {@code …Bytes} in base64.
 */
public final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** The object with these members, on one line. */
  public static String of(Map<String, ?> members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      write(out, members);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /**
   * The members of one object; numbers and booleans as the texts that stand for them.
   *
   * @return empty where the text is no object
   */
  public static Map<String, Object> read(String text) {
    try (JsonParser in = FACTORY.createParser(text)) {
      return in.nextToken() == JsonToken.START_OBJECT ? object(in) : Map.of();
    } catch (IOException e) {
      return Map.of();
    }
  }

  private static Map<String, Object> object(JsonParser in) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      var _ = in.nextToken();
      members.put(name, value(in));
    }
    return members;
  }

  private static Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(in));
        }
        yield elements;
      }
      default -> in.getText();
    };
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> member : map.entrySet()) {
          writeMember(out, String.valueOf(member.getKey()), member.getValue());
        }
        out.writeEndObject();
      }
      case Collection<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          write(out, element);
        }
        out.writeEndArray();
      }
      case Long number -> out.writeNumber(number);
      case Integer number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Boolean bool -> out.writeBoolean(bool);
      case RawPath path -> out.writeString(readable(path.text()));
      default -> out.writeString(readable(value.toString()));
    }
  }

  private static void writeMember(JsonGenerator out, String name, Object value) throws IOException {
    out.writeFieldName(name);
    write(out, value);
    if (value instanceof RawPath path && !RawText.isUtf8(path.text())) {
      out.writeStringField(name + "Bytes", Base64.getEncoder().encodeToString(path.bytes()));
    }
  }

  private static String readable(String text) {
    return RawText.isUtf8(text) ? text : new String(RawText.encode(text), StandardCharsets.UTF_8);
  }
}
