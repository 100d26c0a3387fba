package org.mailkeep.service.config;

/** Where a value comes from; what stands first here wins. */
public enum Origin {
  /** An option of the command line. */
  FLAG,
  /** A variable of the environment. */
  ENVIRONMENT,
  /** The configuration. */
  FILE,
  /** The program's own. */
  DEFAULT
}
