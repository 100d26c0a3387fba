package org.mailkeep.storage.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.RawSftpClient;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.mailkeep.storage.ObjectContent;

/**
 * The protocol's requests as this package needs them. One operation at a time; many bytes are sent
 * and asked for without waiting for each answer.
 */
final class SftpChannel {

  private static final String FSYNC = "fsync@openssh.com";
  private static final String HARDLINK = "hardlink@openssh.com";

  /** What every server must accept in one request, in bytes. */
  private static final int PIECE = 32 << 10;

  /** How many requests are under way: two megabytes, as much as SSH's window admits. */
  private static final int AHEAD = 64;

  private static final int READ_ONLY = 0400;

  private final SftpClient client;
  private final RawSftpClient raw;

  /** Whether answers may be under way that nobody waits for any more. */
  private boolean disturbed;

  SftpChannel(SftpClient client) {
    this.client = client;
    this.raw = (RawSftpClient) client;
  }

  boolean isOpen() {
    return client.isOpen() && !client.isClosing();
  }

  /** Whether another operation may use it. */
  boolean isClean() {
    return isOpen() && !disturbed;
  }

  /** Closes without waiting. */
  void abandon() {
    client.getClientChannel().close(true);
  }

  boolean canSync() {
    return client.getServerExtensions().containsKey(FSYNC);
  }

  boolean canLink() {
    return client.getServerExtensions().containsKey(HARDLINK);
  }

  /** What is there, itself and not what a link leads to. */
  Optional<Attributes> look(String path) throws IOException {
    try {
      return Optional.of(client.lstat(path));
    } catch (SftpException e) {
      if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What is there, by way of links. */
  Optional<Attributes> follow(String path) throws IOException {
    try {
      return Optional.of(client.stat(path));
    } catch (SftpException e) {
      if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  void makeFolder(String path) throws IOException {
    Buffer request = new ByteArrayBuffer();
    request.putString(path);
    request.putInt(SftpConstants.SSH_FILEXFER_ATTR_PERMISSIONS);
    request.putInt(0700);
    requireOk(SftpConstants.SSH_FXP_MKDIR, request);
  }

  /** The entries of a folder, without {@code .} and {@code ..}; empty where there is none. */
  List<DirEntry> entries(String path) throws IOException {
    List<DirEntry> all = new ArrayList<>();
    try (CloseableHandle handle = client.openDir(path)) {
      for (List<DirEntry> some = client.readDir(handle);
          some != null;
          some = client.readDir(handle)) {
        all.addAll(some);
      }
    }
    all.removeIf(entry -> entry.getFilename().equals(".") || entry.getFilename().equals(".."));
    return all;
  }

  void remove(String path) throws IOException {
    client.remove(path);
  }

  /** Fails if the name is taken, if the server does what the protocol says. */
  void rename(String from, String to) throws IOException {
    client.rename(from, to);
  }

  /** Gives a file a second name; fails if that is taken. */
  void link(String existing, String name) throws IOException {
    Buffer request = new ByteArrayBuffer();
    request.putString(HARDLINK);
    request.putString(existing);
    request.putString(name);
    requireOk(SftpConstants.SSH_FXP_EXTENDED, request);
  }

  /** Opens a file to read. */
  byte[] open(String path) throws IOException {
    return open(path, SftpConstants.SSH_FXF_READ, 0);
  }

  /** Makes a new file that nobody may write to but by this handle. */
  byte[] create(String path) throws IOException {
    int flags =
        SftpConstants.SSH_FXF_WRITE | SftpConstants.SSH_FXF_CREAT | SftpConstants.SSH_FXF_EXCL;
    return open(path, flags, SftpConstants.SSH_FILEXFER_ATTR_PERMISSIONS);
  }

  private byte[] open(String path, int flags, int attributes) throws IOException {
    Buffer request = new ByteArrayBuffer();
    request.putString(path);
    request.putInt(flags);
    request.putInt(attributes);
    if (attributes != 0) {
      request.putInt(READ_ONLY);
    }
    Buffer answer = answer(raw.send(SftpConstants.SSH_FXP_OPEN, request));
    return type(answer) == SftpConstants.SSH_FXP_HANDLE ? answer.getBytes() : unexpected(answer);
  }

  void close(byte[] handle) throws IOException {
    Buffer request = new ByteArrayBuffer();
    request.putBytes(handle);
    requireOk(SftpConstants.SSH_FXP_CLOSE, request);
  }

  void sync(byte[] handle) throws IOException {
    Buffer request = new ByteArrayBuffer();
    request.putString(FSYNC);
    request.putBytes(handle);
    requireOk(SftpConstants.SSH_FXP_EXTENDED, request);
  }

  /** Writes all content from the beginning of the file on; gives its length. */
  long write(byte[] handle, ObjectContent content) throws IOException {
    disturbed = true;
    Deque<Integer> sent = new ArrayDeque<>();
    byte[] piece = new byte[PIECE];
    long offset = 0;
    for (ByteBuffer slice : content) {
      while (slice.hasRemaining()) {
        int count = Math.min(piece.length, slice.remaining());
        slice.get(piece, 0, count);
        Buffer request = new ByteArrayBuffer(handle.length + count + 32, false);
        request.putBytes(handle);
        request.putLong(offset);
        request.putBytes(piece, 0, count);
        sent.add(raw.send(SftpConstants.SSH_FXP_WRITE, request));
        offset += count;
        if (sent.size() == AHEAD) {
          requireOk(answer(sent.remove()));
        }
      }
    }
    while (!sent.isEmpty()) {
      requireOk(answer(sent.remove()));
    }
    disturbed = false;
    return offset;
  }

  /** A request for a part of a file. */
  private record Asked(int id, long offset, int length) {}

  /** Fills the buffer from this offset on; it has bytes remaining when the file ends before. */
  void read(byte[] handle, long offset, ByteBuffer into) throws IOException {
    disturbed = true;
    Deque<Asked> asked = new ArrayDeque<>();
    long start = offset - into.position();
    long end = offset + into.remaining();
    long next = offset;
    boolean whole = true;
    while (next < end || !asked.isEmpty()) {
      while (next < end && whole && asked.size() < AHEAD) {
        int length = (int) Math.min(PIECE, end - next);
        asked.add(ask(handle, next, length));
        next += length;
      }
      if (asked.isEmpty()) {
        break;
      }
      whole &= take(handle, asked.remove(), start, into);
    }
    disturbed = false;
    if (whole) {
      into.position(into.limit());
    }
  }

  private Asked ask(byte[] handle, long offset, int length) throws IOException {
    Buffer request = new ByteArrayBuffer();
    request.putBytes(handle);
    request.putLong(offset);
    request.putInt(length);
    return new Asked(raw.send(SftpConstants.SSH_FXP_READ, request), offset, length);
  }

  /** Takes one answer; a server may give less than was asked for, then it is asked for the rest. */
  private boolean take(byte[] handle, Asked asked, long start, ByteBuffer into) throws IOException {
    Asked at = asked;
    while (true) {
      Buffer answer = answer(at.id());
      if (type(answer) == SftpConstants.SSH_FXP_STATUS) {
        int status = answer.getInt();
        if (status == SftpConstants.SSH_FX_EOF) {
          return false;
        }
        throw failed(status, answer);
      }
      int length = answer.getInt();
      if (length < 1 || length > at.length() || length > answer.available()) {
        throw new IOException("The server answers with " + length + " bytes for " + at.length());
      }
      into.put((int) (at.offset() - start), answer.array(), answer.rpos(), length);
      if (length == at.length()) {
        return true;
      }
      at = ask(handle, at.offset() + length, at.length() - length);
    }
  }

  private Buffer answer(int id) throws IOException {
    return raw.receive(id);
  }

  /** The type of an answer, which is left where its content begins. */
  private static int type(Buffer answer) {
    answer.getInt();
    int type = answer.getUByte();
    answer.getInt();
    return type;
  }

  private void requireOk(int command, Buffer request) throws IOException {
    requireOk(answer(raw.send(command, request)));
  }

  private static void requireOk(Buffer answer) throws IOException {
    if (type(answer) != SftpConstants.SSH_FXP_STATUS) {
      throw new IOException("The server answers with something else than a status");
    }
    int status = answer.getInt();
    if (status != SftpConstants.SSH_FX_OK) {
      throw failed(status, answer);
    }
  }

  private static byte[] unexpected(Buffer answer) throws IOException {
    throw failed(answer.getInt(), answer);
  }

  private static SftpException failed(int status, Buffer answer) {
    return new SftpException(status, answer.available() >= 4 ? answer.getString() : "");
  }
}
