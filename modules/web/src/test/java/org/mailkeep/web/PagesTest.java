package org.mailkeep.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.web.html.Link;

class PagesTest extends WebFixture {

  private static final Pattern LINE = Pattern.compile("class=\"subject\"");

  private HttpResponse<byte[]> download(Link link) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin() + link)).header("Cookie", logIn()).build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private void delete(String subject) throws IOException {
    try (Stream<Path> files = Files.list(maildir.resolve("cur"))) {
      for (Path file : files.toList()) {
        if (Files.readString(file).contains(subject)) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void pages_of_a_folder_have_each_message_once_the_newest_first() throws Exception {
    // Many of the very same second, so that pages end among them.
    for (int i = 0; i < 250; i++) {
      Files.writeString(
          maildir.resolve("cur").resolve("17.M" + i + ":2,S"),
          letter("a@b.example", "n" + i + ".", "\nx\n"));
    }
    message("new", 5000, letter("a@b.example", "newest", "\nx\n"));
    Snapshot snapshot = backup();
    serve(false);
    List<String> seen = new ArrayList<>();
    for (int page = 0; page < 4; page++) {
      String text = page(at("/mailbox", snapshot).with("page", page == 0 ? "" : page));
      Pattern.compile("n\\d+\\.|newest(?=</bdi>)")
          .matcher(text)
          .results()
          .forEach(found -> seen.add(found.group()));
      assertThat(LINE.matcher(text).results().count())
          .isEqualTo(page < 2 ? 100 : page == 2 ? 51 : 0);
    }
    assertThat(seen).hasSize(251).doesNotHaveDuplicates();
  }

  @Test
  void what_was_deleted_is_listed_and_found() throws Exception {
    message("cur", 1, letter("Bert <bert@example.net>", "kept", "\nx\n"));
    message("cur", 2, letter("Bert <bert@example.net>", "lost", "\ny\n"));
    Snapshot first = backup();
    delete("lost");
    Snapshot second = backup();
    serve(false);
    for (Snapshot snapshot : List.of(first, second)) {
      assertThat(page(at("/deleted", snapshot)))
          .contains(">lost<", "deleted before")
          .doesNotContain(">kept<");
    }
    assertThat(page(Link.of("/search").with("q", "bert").with("deleted", "1")))
        .contains(">lost<")
        .doesNotContain(">kept<");
    assertThat(page(at("/mailbox", second))).contains(">kept<").doesNotContain(">lost<");
    assertThat(page(Link.of("/diff").with("from", first.id()).with("to", second.id())))
        .contains("1 change", "deleted", ">lost<");
    assertThat(page(Link.of("/snapshots"))).contains("2 snapshots of", "What changed");
    assertThat(page(Link.of("/"))).contains("mail.example: " + maildir, "data-y1=");
  }

  @Test
  void a_message_and_a_folder_are_saved_byte_for_byte() throws Exception {
    String content = letter("a@b.example", "Grüße/..\\x", "\nHello\u0000\u00ff\n");
    String base = message("cur", 1, content);
    Snapshot snapshot = backup();
    serve(false);
    HttpResponse<byte[]> eml = download(at("/message.eml", snapshot).with("name", base));
    assertThat(eml.body()).isEqualTo(Files.readAllBytes(maildir.resolve("cur/" + base + ":2,S")));
    assertThat(eml.headers().firstValue("content-disposition").orElseThrow())
        .startsWith("attachment; filename=\"")
        .doesNotContain("/", "\\", "\n");
    byte[] zip = download(at("/folder.zip", snapshot)).body();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      List<String> names = new ArrayList<>();
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
      assertThat(names).anyMatch(name -> name.endsWith(base + ":2,S"));
    }
  }

  @Test
  void new_snapshots_appear_while_many_read() throws Exception {
    message("cur", 1, letter("a@b.example", "one", "\nx\n"));
    Snapshot first = backup();
    serve(false);
    String cookie = logIn();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        readers.add(
            threads.submit(
                () -> get(at("/mailbox", first).toString(), "Cookie", cookie).statusCode()));
      }
      message("cur", 2, letter("a@b.example", "two", "\nx\n"));
      Snapshot second = backup();
      while (!library.refresh()) {
        Thread.onSpinWait();
      }
      assertThat(page(at("/mailbox", second))).contains(">two<", ">one<");
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isEqualTo(200);
      }
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void an_empty_repository_has_pages_too() throws Exception {
    serve(true);
    assertThat(page(Link.of("/"))).contains("No snapshots yet");
    assertThat(page(Link.of("/snapshots"))).contains("No snapshot of");
    assertThat(page(Link.of("/mailboxes"))).contains("no snapshot yet");
    assertThat(page(Link.of("/search").with("q", "x"))).contains("Nothing was found");
  }
}
