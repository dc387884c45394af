package dev.ashlar.core.problem;

/** A kind of thing that can be missing or taken; the code is what clients read in X-Error-Code. */
public enum Kind {
  REPO("RepoNotFound", "RepoExists", "Repository"),
  REVISION("RevisionNotFound", "RefExists", "Revision"),
  ENTRY("EntryNotFound", "EntryExists", "Entry"),
  /** What a commit wanted to delete; Python looks for the very sentence that this one gets. */
  ENTRY_TO_DELETE("EntryNotFound", "EntryExists", "Entry"),
  USER("", "UserExists", "User"),
  ORG("", "OrgExists", "Organization"),
  TOKEN("", "TokenExists", "Token"),
  INVITATION("", "InvitationExists", "Invitation"),
  ACCESS_REQUEST("", "AccessRequestExists", "Access request"),
  XORB("", "XorbExists", "Xorb"),
  FILE("", "FileExists", "File"),
  CHUNK("", "ChunkExists", "Chunk"),
  OBJECT("", "ObjectExists", "Object"),
  DISCUSSION("", "DiscussionExists", "Discussion"),
  COMMENT("", "CommentExists", "Comment"),
  ROUTE("", "RouteExists", "Route");

  private final String missingCode;
  private final String takenCode;
  private final String label;

  Kind(String missingCode, String takenCode, String label) {
    this.missingCode = missingCode;
    this.takenCode = takenCode;
    this.label = label;
  }

  /** The X-Error-Code of a missing thing; empty where clients expect none. */
  public String missingCode() {
    return missingCode;
  }

  /** The X-Error-Code of a taken name. */
  public String takenCode() {
    return takenCode;
  }

  /** The word for people. */
  public String label() {
    return label;
  }
}
