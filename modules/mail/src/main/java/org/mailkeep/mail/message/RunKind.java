package org.mailkeep.mail.message;

/** What a run holds, and so what it compresses well with. */
public enum RunKind {
  /**
   * The header lines that delivery put on top and that differ between the copies of one message:
   * Return-Path, Delivered-To, Received and their like. At most {@link SplitLimits#maxTrace} bytes.
   */
  TRACE,
  /**
   * The rest of the header and the empty line; with it what follows, where that is too short for a
   * run of its own (a short text, or a multipart's first border with the header of its first part).
   */
  HEADER,
  /** Everything else that is not decoded: texts, borders, headers of parts. */
  TEXT,
  /** Decoded base64. */
  BINARY
}
