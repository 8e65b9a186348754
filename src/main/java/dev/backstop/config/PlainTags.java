package dev.backstop.config;

import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Takes every scalar for the text that it is.
 *
 * <p>What a text means is decided by the key it is written for; YAML's own guesses run regular
 * expressions over texts of any length, and would be thrown away.
 */
final class PlainTags extends Resolver {

  @Override
  public Tag resolve(NodeId kind, String value, boolean implicit) {
    return switch (kind) {
      case scalar -> Tag.STR;
      case sequence -> Tag.SEQ;
      case mapping, anchor -> Tag.MAP;
    };
  }
}
