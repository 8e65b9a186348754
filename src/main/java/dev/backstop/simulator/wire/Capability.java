package dev.backstop.simulator.wire;

/** Names the protocol's capability flags that matter here. */
final class Capability {

  static final long CONNECT_WITH_DB = 0x8;
  static final long PROTOCOL_41 = 0x200;
  static final long SSL = 0x800;
  static final long SECURE_CONNECTION = 0x8000;
  static final long PLUGIN_AUTH = 0x8_0000;
  static final long CONNECT_ATTRIBUTES = 0x10_0000;

  /**
   * What the greeting offers: the lower half as OceanBase 3.1 without LOCAL FILES; neither several
   * statements, nor DEPRECATE_EOF, nor compression (docs/oceanbase.md#connecting). TLS is added
   * where there is a certificate.
   */
  static final long OFFERED = 0xf75f | PLUGIN_AUTH | CONNECT_ATTRIBUTES;

  private Capability() {}
}
