package dev.ashlar.hub.git;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.SymbolicRef;

/** What a ref name stands for: nothing, an object, or another ref. */
sealed interface RefState {
  /** There is no such ref. */
  record Absent() implements RefState {}

  /** The ref names an object; {@code peeled} is what an annotated tag finally points to. */
  record Direct(ObjectId id, Optional<ObjectId> peeled) implements RefState {}

  /** The ref names another ref, which need not exist. */
  record Symbolic(String target) implements RefState {}

  /** The state that JGit's ref shows. */
  static RefState of(Ref ref) {
    if (ref.isSymbolic()) {
      return new Symbolic(ref.getTarget().getName());
    }
    var id = ref.getObjectId();
    return id == null
        ? new Absent()
        : new Direct(id.copy(), Optional.ofNullable(ref.getPeeledObjectId()));
  }

  /** Whether both point to the same place; the peeled object follows from the id. */
  default boolean pointsLike(RefState other) {
    return switch (this) {
      case Absent() -> other instanceof Absent;
      case Direct(var id, _) -> other instanceof Direct(var otherId, _) && id.equals(otherId);
      case Symbolic(var target) ->
          other instanceof Symbolic(var otherTarget) && target.equals(otherTarget);
    };
  }

  /** JGit's ref of this state; an absent one has no object. */
  default Ref named(String name) {
    return switch (this) {
      case Absent() -> new ObjectIdRef.Unpeeled(Ref.Storage.NEW, name, null);
      case Direct(var id, var peeled) ->
          peeled.isPresent()
              ? new ObjectIdRef.PeeledTag(Ref.Storage.PACKED, name, id, peeled.get())
              : new ObjectIdRef.PeeledNonTag(Ref.Storage.PACKED, name, id);
      case Symbolic(var target) ->
          new SymbolicRef(name, new ObjectIdRef.Unpeeled(Ref.Storage.NEW, target, null));
    };
  }
}
