package dev.ashlar.core.problem;

/** What stands between a caller and the files of a gated repository. */
public enum Entry {
  /** No credentials came. */
  SIGN_IN(401, "Access to %s is restricted. You must be authenticated to access it."),
  /** The caller has not asked. */
  ASK(403, "Access to %s is restricted and you are not in the authorized list. Ask for access."),
  /** The caller has asked, nobody has decided. */
  AWAIT(403, "Your request to access %s is awaiting a review from the repo authors."),
  /** The caller has asked in vain. */
  REJECTED(403, "Your request to access %s has been rejected by the repo's authors."),
  /** The user is let in, the token is not for this repository. */
  TOKEN(403, "Access to %s is restricted and your fine-grained token does not include it.");

  private final int status;
  private final String sentence;

  Entry(int status, String sentence) {
    this.status = status;
    this.sentence = sentence;
  }

  /** The HTTP status: 401 or 403. */
  public int status() {
    return status;
  }

  /** One sentence for people about a repository. */
  public String sentence(String repository) {
    return sentence.formatted(repository);
  }
}
