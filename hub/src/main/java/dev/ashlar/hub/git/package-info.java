/**
 * Git repositories whose packs lie in the object store and whose refs lie in Postgres: JGit's DFS
 * backend, one transaction an update.
 */
@NullMarked
package dev.ashlar.hub.git;

import org.jspecify.annotations.NullMarked;
