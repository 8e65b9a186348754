package dev.backstop.cli;

import dev.backstop.config.Description;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The verb {@code schema}: prints a JSON Schema. */
@Command(
    name = "schema",
    description = "Print the JSON Schema of policy files or of the configuration, for editors")
final class SchemaCommand extends Verb {

  @Parameters(
      paramLabel = "policy|conf",
      converter = NameConverter.class,
      description = "Which of the two")
  private @Nullable String name;

  SchemaCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    String schema = "policy".equals(name) ? Description.policySchema() : Description.confSchema();
    terminal().print(schema.stripTrailing());
    return ExitCode.OK;
  }

  /** Accepts the two names. */
  static final class NameConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!text.equals("policy") && !text.equals("conf")) {
        throw new TypeConversionException("'" + text + "' has no schema; write policy or conf");
      }
      return text;
    }
  }
}
