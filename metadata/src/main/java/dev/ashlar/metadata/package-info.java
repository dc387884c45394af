/** PostgreSQL: the pool, transactions, migrations, and the stores of the content tables. */
@NullMarked
package dev.ashlar.metadata;

import org.jspecify.annotations.NullMarked;
