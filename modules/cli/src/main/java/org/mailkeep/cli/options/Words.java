package org.mailkeep.cli.options;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the words of an enumeration as the help writes them: {@code if-changed}. */
public final class Words<E extends Enum<E>> implements ITypeConverter<E> {

  private final Class<E> type;

  private Words(Class<E> type) {
    this.type = type;
  }

  /** Lets a command and its subcommands read all enumerations of their options so. */
  public static void register(CommandLine line) {
    line.getSubcommands().values().forEach(Words::register);
    line.getCommandSpec().options().forEach(option -> register(line, option.type()));
  }

  private static void register(CommandLine line, Class<?> type) {
    if (type.isEnum()) {
      registerEnum(line, type.asSubclass(Enum.class));
    }
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static void registerEnum(CommandLine line, Class<? extends Enum> type) {
    line.registerConverter((Class) type, new Words(type));
  }

  @Override
  public E convert(String value) {
    return Stream.of(type.getEnumConstants())
        .filter(constant -> word(constant).equals(value.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> unknown(value));
  }

  private TypeConversionException unknown(String value) {
    String words =
        Stream.of(type.getEnumConstants()).map(Words::word).collect(Collectors.joining(", "));
    return new TypeConversionException("'" + value + "' is none of " + words);
  }

  /** The word of a constant. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
