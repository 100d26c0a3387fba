package org.mailkeep.storage.s3;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML answer: the texts of elements by their names, those that stand in repeated elements apart.
 *
 * @param root the outermost element's name; empty where the body is no XML
 * @param values texts below the root
 * @param items texts below each of the repeated elements
 */
record S3Message(String root, Map<String, String> values, List<Map<String, String>> items) {

  private static final S3Message NONE = new S3Message("", Map.of(), List.of());
  private static final List<String> REPEATED = List.of("Contents", "Upload");

  /** Never fails: a body that is no XML says nothing. */
  static S3Message parse(byte[] body) {
    if (body.length == 0) {
      return NONE;
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      return read(factory.createXMLStreamReader(new ByteArrayInputStream(body), "UTF-8"));
    } catch (XMLStreamException | RuntimeException e) {
      return NONE;
    }
  }

  private static S3Message read(XMLStreamReader xml) throws XMLStreamException {
    Map<String, String> values = new HashMap<>();
    List<Map<String, String>> items = new ArrayList<>();
    Map<String, String> into = values;
    StringBuilder text = new StringBuilder();
    String root = "";
    while (xml.hasNext()) {
      xml.next();
      if (xml.isStartElement()) {
        root = root.isEmpty() ? xml.getLocalName() : root;
        text.setLength(0);
        if (REPEATED.contains(xml.getLocalName())) {
          into = new HashMap<>();
          items.add(into);
        }
      } else if (xml.isCharacters()) {
        text.append(xml.getText());
      } else if (xml.isEndElement()) {
        if (REPEATED.contains(xml.getLocalName())) {
          into = values;
        } else {
          into.putIfAbsent(xml.getLocalName(), text.toString().strip());
        }
        text.setLength(0);
      }
    }
    return new S3Message(root, values, items);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** A failure's code, such as {@code AccessDenied}. */
  String code() {
    return root.equals("Error") ? value("Code").orElse("") : "";
  }
}
