package org.mailkeep.engine.restore;

import java.util.List;
import org.mailkeep.model.FileName;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.OpenNode;

/** Something in the target whose metadata is looked at or set. No link is followed. */
interface TargetNode {

  FileStat stat();

  void owner(int uid, int gid);

  void mode(int mode);

  void modified(long seconds, int nanos);

  List<byte[]> attributes();

  byte[] attribute(byte[] name);

  void setAttribute(byte[] name, byte[] value);

  void removeAttribute(byte[] name);

  /** What is open. */
  static TargetNode of(OpenNode node) {
    return new Open(node);
  }

  /** What has this name, which is not opened. */
  static TargetNode of(Directory directory, FileName name) {
    return new Named(directory, name);
  }

  /** An open file or directory. */
  record Open(OpenNode node) implements TargetNode {
    @Override
    public FileStat stat() {
      return node.stat();
    }

    @Override
    public void owner(int uid, int gid) {
      node.owner(uid, gid);
    }

    @Override
    public void mode(int mode) {
      node.mode(mode);
    }

    @Override
    public void modified(long seconds, int nanos) {
      node.modified(seconds, nanos);
    }

    @Override
    public List<byte[]> attributes() {
      return node.attributes();
    }

    @Override
    public byte[] attribute(byte[] name) {
      return node.attribute(name);
    }

    @Override
    public void setAttribute(byte[] name, byte[] value) {
      node.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(byte[] name) {
      node.removeAttribute(name);
    }
  }

  /** A name in an open directory. */
  record Named(Directory directory, FileName name) implements TargetNode {
    @Override
    public FileStat stat() {
      return directory.stat(name);
    }

    @Override
    public void owner(int uid, int gid) {
      directory.owner(name, uid, gid);
    }

    @Override
    public void mode(int mode) {
      directory.mode(name, mode);
    }

    @Override
    public void modified(long seconds, int nanos) {
      directory.modified(name, seconds, nanos);
    }

    @Override
    public List<byte[]> attributes() {
      return directory.attributes(name);
    }

    @Override
    public byte[] attribute(byte[] attribute) {
      return directory.attribute(name, attribute);
    }

    @Override
    public void setAttribute(byte[] attribute, byte[] value) {
      directory.setAttribute(name, attribute, value);
    }

    @Override
    public void removeAttribute(byte[] attribute) {
      directory.removeAttribute(name, attribute);
    }
  }
}
