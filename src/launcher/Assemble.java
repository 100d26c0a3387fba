import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Puts the jars together that the launcher runs, in the shape that starts fastest:
 *
 * <ul>
 *   <li>native libraries of this machine stand beside the jars, so that nothing is unpacked into
 *       the temporary folder at each start, and those of other machines are left out;
 *   <li>signatures are left out, for checking Bouncy Castle's takes a quarter of a second;
 *   <li>picocli is compiled anew from its source: the class files it comes with are of Java 5, and
 *       those do not go into an AOT cache;
 *   <li>entries are stored, not deflated.
 * </ul>
 *
 * <p>The last line printed is a hash of all that was written. Usage: {@code java Assemble.java
 * PROGRAM.jar CLASS-PATH-FILE PICOCLI-SOURCES.jar FOLDER}, FOLDER being new.
 */
final class Assemble {

  private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|jnilib|dylib)");
  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");

  /** Fixed, so that the same content has the same hash whenever it is built. */
  private static final long TIME = 1_700_000_000_000L;

  private final Path program;
  private final Path lib;
  private final Path natives;
  private final MessageDigest hash = MessageDigest.getInstance("SHA-256");

  private Assemble(Path folder) throws IOException, NoSuchAlgorithmException {
    program = Files.createDirectories(folder.resolve("program"));
    lib = Files.createDirectories(folder.resolve("lib"));
    natives = Files.createDirectories(folder.resolve("native"));
  }

  public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
    Assemble assemble = new Assemble(Path.of(args[3]));
    assemble.jar(Path.of(args[0]), "mailkeep.jar", Map.of());
    for (String entry : Files.readString(Path.of(args[1])).strip().split(":")) {
      Path jar = Path.of(entry);
      String name = jar.getFileName().toString();
      boolean picocli = name.startsWith("picocli-");
      assemble.jar(jar, name, picocli ? recompiled(Path.of(args[2])) : Map.of());
    }
    System.out.println(HexFormat.of().formatHex(assemble.hash.digest(), 0, 8));
  }

  /** Copies a jar; {@code instead} replaces classes, by their path. */
  private void jar(Path from, String name, Map<String, byte[]> instead) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipFile jar = new ZipFile(from.toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        String path = entry.getName();
        if (entry.isDirectory() || SIGNATURE.matcher(path).matches()) {
          continue;
        }
        if (NATIVE.matcher(path).matches()) {
          if (isForThisMachine(path)) {
            write(natives.resolve(Path.of(path).getFileName()), read(jar, entry));
          }
        } else {
          byte[] bytes = read(jar, entry);
          entries.put(path, path.equals(JarFile.MANIFEST_NAME) ? withoutDigests(bytes) : bytes);
        }
      }
    }
    entries.putAll(instead);
    write((name.startsWith("mailkeep") ? program : lib).resolve(name), entries);
  }

  private static boolean isForThisMachine(String path) {
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> path.endsWith("-linux64.so") || path.startsWith("linux/amd64/");
      case "aarch64" -> path.endsWith("-linux-aarch64.so") || path.startsWith("linux/aarch64/");
      default -> false;
    };
  }

  /** Only the main section of a manifest: the others give digests of entries. */
  private static byte[] withoutDigests(byte[] manifest) {
    String text = new String(manifest, StandardCharsets.UTF_8);
    String main = text.replace("\r\n", "\n").split("\n\n", 2)[0];
    return (main.strip() + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] read(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private void write(Path file, byte[] bytes) throws IOException {
    hash.update(bytes);
    Files.write(file, bytes);
  }

  private void write(Path file, Map<String, byte[]> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      // The manifest comes first where a reader of streams looks for it.
      List<String> order = new ArrayList<>(entries.keySet());
      if (order.remove(JarFile.MANIFEST_NAME)) {
        order.addFirst(JarFile.MANIFEST_NAME);
      }
      for (String path : order) {
        byte[] bytes = entries.get(path);
        hash.update(path.getBytes(StandardCharsets.UTF_8));
        hash.update(bytes);
        zip.putNextEntry(stored(path, bytes));
        zip.write(bytes);
      }
    }
  }

  private static ZipEntry stored(String path, byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(path);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setTime(TIME);
    return entry;
  }

  /** The classes of the Java files in a jar of sources, by their path. */
  private static Map<String, byte[]> recompiled(Path sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Map<String, byte[]> classes = new TreeMap<>();
    try (JavaFileManager files = new InMemory(compiler, classes)) {
      List<String> options = List.of("--release", "25", "-proc:none", "-nowarn");
      if (!compiler.getTask(null, files, problems, options, null, javaFiles(sources)).call()) {
        throw new IOException("picocli does not compile: " + problems.getDiagnostics());
      }
    }
    return classes;
  }

  private static List<JavaFileObject> javaFiles(Path sources) throws IOException {
    List<JavaFileObject> found = new ArrayList<>();
    try (ZipFile jar = new ZipFile(sources.toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        if (Set.of("picocli/CommandLine.java", "picocli/AutoComplete.java")
            .contains(entry.getName())) {
          String text = new String(read(jar, entry), StandardCharsets.UTF_8);
          URI name = URI.create("memory:///" + entry.getName());
          found.add(
              new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                  return text;
                }
              });
        }
      }
    }
    return found;
  }

  /** Keeps what the compiler writes. */
  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, byte[]> classes;

    InMemory(JavaCompiler compiler, Map<String, byte[]> classes) {
      super(compiler.getStandardFileManager(null, null, null));
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      String path = name.replace('.', '/') + kind.extension;
      return new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {
        @Override
        public OutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              classes.put(path, toByteArray());
            }
          };
        }
      };
    }
  }
}
