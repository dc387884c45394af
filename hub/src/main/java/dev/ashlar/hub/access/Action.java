package dev.ashlar.hub.access;

/** What a caller wants to do. */
public enum Action {
  /** See that the repository exists, its metadata and its tree. */
  READ,
  /** Read the content of files: what gating guards. */
  DOWNLOAD,
  /** Ask for the files of a gated repository; a token for reading suffices. */
  ASK,
  /** Speak up without being a member: discuss, like. */
  DISCUSS,
  /** Offer a change: open a pull request, and send the bytes of its files. */
  PROPOSE,
  /** Change content: commit, branch, push, upload. */
  WRITE,
  /** Delete, move or set up a repository, and decide who passes its gate. */
  MANAGE,
  /** Make a repository in a namespace. */
  CREATE,
  /** Change what a namespace says of itself, and its members. */
  GOVERN
}
