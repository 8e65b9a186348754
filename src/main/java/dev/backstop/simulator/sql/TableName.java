package dev.backstop.simulator.sql;

/**
 * Immutable name of a table as a statement spells it.
 *
 * @param schema empty where the statement leaves it out
 */
record TableName(String schema, String table) {

  /** Returns the schema, or that one where none is named; throws where both are empty. */
  String schemaOr(String current) throws SqlFailure {
    String found = schema.isEmpty() ? current : schema;
    if (found.isEmpty()) {
      throw SqlFailure.noDatabase();
    }
    return found;
  }
}
