package dev.ashlar.hub.discussion;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.ashlar.hub.discussion.Discussion.Author;
import dev.ashlar.hub.discussion.Event.Comment;
import dev.ashlar.hub.discussion.Event.Note;
import dev.ashlar.hub.discussion.Event.Reaction;
import dev.ashlar.hub.discussion.Event.Version;
import dev.ashlar.hub.tree.Times;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event as clients read it, alike in the details and in the answer to the change. */
@JsonInclude(Include.NON_NULL)
record EventView(
    String id, String type, String createdAt, @Nullable AuthorView author, Object data) {
  /** Who wrote something; clients take an absent one for a deleted account. */
  record AuthorView(String name) {
    static @Nullable AuthorView of(Optional<Author> author) {
      return author.map(who -> new AuthorView(who.name())).orElse(null);
    }
  }

  private record CommentView(
      boolean edited,
      boolean hidden,
      VersionView latest,
      int numEdits,
      List<VersionView> history,
      List<Reaction> reactions) {}

  @JsonInclude(Include.NON_NULL)
  private record VersionView(
      String raw, String html, String updatedAt, @Nullable AuthorView author) {
    static VersionView of(Version version) {
      return new VersionView(
          version.raw(),
          Texts.html(version.raw()),
          Times.text(version.at()),
          AuthorView.of(version.author()));
    }
  }

  static EventView of(Event event) {
    return switch (event) {
      case Comment comment -> view(comment, "comment", data(comment));
      case Note note -> view(note, note.kind(), new RawValue(note.json()));
    };
  }

  private static EventView view(Event event, String type, Object data) {
    return new EventView(
        Event.hexId(event.id()), type, Times.text(event.at()), AuthorView.of(event.author()), data);
  }

  private static CommentView data(Comment comment) {
    var views = comment.versions().stream().map(VersionView::of).toList();
    int edits = views.size() - 1;
    return new CommentView(
        edits > 0,
        comment.isHidden(),
        views.getLast(),
        edits,
        views.subList(0, edits),
        comment.reactions());
  }
}
