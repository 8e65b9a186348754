package dev.backstop.simulator.wire;

import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.sql.Account;
import dev.backstop.simulator.sql.SharedCluster;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;

/** Greets a client and lets it prove who it is. */
final class Login {

  private static final int LONGEST_PACKET = 65_536;
  private static final int PROTOCOL = 10;
  private static final int UTF8MB4_BIN = 46;
  private static final int AUTOCOMMIT = 0x2;
  private static final int FIRST_PART = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Client client;
  private final Packets packets;
  private final AnswerWriter answers;
  private final Door door;
  private final SharedCluster cluster;

  Login(Client client, AnswerWriter answers, Door door, SharedCluster cluster) {
    this.client = client;
    this.packets = client.packets();
    this.answers = answers;
    this.door = door;
    this.cluster = cluster;
  }

  /**
   * Holds who came in.
   *
   * @param database where the client wants to begin, empty for nowhere
   */
  record Guest(Account account, String database) {}

  /** Returns the guest, or nothing after an error was sent; OK is left to the caller. */
  Optional<Guest> admit(long id) throws IOException {
    byte[] challenge = NativePassword.challenge(RANDOM);
    packets.write(greeting(id, challenge));
    packets.flush();
    LoginRequest request = request();
    if (!request.isUnderstood()) {
      answers.error(1043, "08S01", "Bad handshake");
      return Optional.empty();
    }
    byte[] proof = request.needsSwitch() ? proofAfterSwitch(challenge) : request.proof();
    Optional<Account> account = account(request.user());
    if (account.isPresent() && NativePassword.matches(proof, challenge, account.get().password())) {
      return Optional.of(new Guest(account.get(), request.database()));
    }
    String user = request.user().replaceFirst("@.*", "");
    answers.error(
        1045,
        "42000",
        "Access denied for user '"
            + user
            + "'@'xxx.xxx.xxx.xxx' (using password: "
            + (proof.length == 0 ? "NO" : "YES")
            + ")");
    return Optional.empty();
  }

  /** Reads who wants in; where it asks for TLS, that begins first and it then says it again. */
  private LoginRequest request() throws IOException {
    byte[] first = packets.read(LONGEST_PACKET);
    if (!client.mayBeSecured() || !LoginRequest.isForTls(first)) {
      return LoginRequest.of(first, false);
    }
    client.secure();
    return LoginRequest.of(packets.read(LONGEST_PACKET), true);
  }

  private Optional<Account> account(String login) {
    String name = cluster.locked(shared -> shared.parameters().getOrDefault("cluster", ""));
    String id = cluster.locked(shared -> shared.parameters().getOrDefault("cluster_id", ""));
    return door.account(login, name, id);
  }

  private byte[] greeting(long id, byte[] challenge) {
    String version = cluster.locked(SimulatedCluster::version).handshake();
    PayloadReader parts = new PayloadReader(challenge);
    long offered = Capability.OFFERED | (client.mayBeSecured() ? Capability.SSL : 0);
    return new Payload()
        .number(PROTOCOL, 1)
        .terminated(door.greeting(version))
        .number(id, 4)
        .bytes(parts.bytes(FIRST_PART))
        .number(0, 1)
        .number(offered, 2)
        .number(UTF8MB4_BIN, 1)
        .number(AUTOCOMMIT, 2)
        .number(offered >>> 16, 2)
        .number(NativePassword.CHALLENGE_LENGTH + 1, 1)
        .bytes(new byte[10])
        .bytes(parts.bytes(NativePassword.CHALLENGE_LENGTH))
        .number(0, 1)
        .terminated(NativePassword.PLUGIN)
        .toBytes();
  }

  private byte[] proofAfterSwitch(byte[] challenge) throws IOException {
    packets.write(
        new Payload()
            .number(0xfe, 1)
            .terminated(NativePassword.PLUGIN)
            .bytes(challenge)
            .number(0, 1)
            .toBytes());
    packets.flush();
    return packets.read(LONGEST_PACKET);
  }
}
