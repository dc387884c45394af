package dev.ashlar.core.problem;

/** What a refused caller would have needed. */
public enum Need {
  /** No credentials came, and the thing is hidden from strangers. */
  SIGN_IN(401, "", "Invalid username or password."),
  /** No credentials came for a repository that is private or does not exist: both look alike. */
  SIGN_IN_FOR_REPO(401, "RepoNotFound", "Invalid username or password."),
  /** Credentials came and are unknown, malformed, expired or revoked. */
  VALID_TOKEN(401, "", "Invalid credentials in Authorization header"),
  /** The caller may read but not write. */
  WRITE_ACCESS(403, "", "You do not have write access to this repository."),
  /** The caller's token is for reading only. */
  WRITE_SCOPE(403, "", "This token has the role read: a write token is needed for this action."),
  /** The caller's fine-grained token is not for this place, or not for writing to it. */
  FINE_GRAINED(403, "", "This fine-grained token does not allow this action here."),
  /** The action is for administrators. */
  ADMIN(403, "", "Only an administrator may do this."),
  /** The caller may not act for this namespace. */
  NAMESPACE(403, "", "You do not have the rights to create a repository under this namespace."),
  /** A signed URL that is expired, altered or signed with an unknown key. */
  VALID_SIGNATURE(403, "", "The signed URL is not valid or has expired.");

  private final int status;
  private final String code;
  private final String sentence;

  Need(int status, String code, String sentence) {
    this.status = status;
    this.code = code;
    this.sentence = sentence;
  }

  /** The HTTP status: 401 or 403. */
  public int status() {
    return status;
  }

  /** The X-Error-Code, or an empty string. */
  public String code() {
    return code;
  }

  /** One sentence for people. */
  public String sentence() {
    return sentence;
  }
}
