package dev.backstop.simulator.wire;

import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.sql.Account;
import dev.backstop.simulator.sql.Answer;
import dev.backstop.simulator.sql.SessionDirectory;
import dev.backstop.simulator.sql.SharedCluster;
import dev.backstop.simulator.sql.SqlSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one client from its login to its end. */
final class ClientSession {

  private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);
  private static final int LONGEST_PACKET = 4_194_304;
  private static final long TIMER_PERIOD_MILLIS = 5_100;
  private static final int LOGIN_MILLIS = 5_000;

  private final long id;
  private final Client client;
  private final SharedCluster cluster;
  private final Door door;
  private final StatementLog log;
  private final SessionDirectory directory;
  private final AnswerWriter answers;
  private volatile @Nullable Account account;
  private volatile @Nullable SqlSession session;
  private volatile @Nullable Thread running;

  ClientSession(
      long id,
      Client client,
      SharedCluster cluster,
      Door door,
      StatementLog log,
      SessionDirectory directory) {
    this.id = id;
    this.client = client;
    this.cluster = cluster;
    this.door = door;
    this.log = log;
    this.directory = directory;
    this.answers = new AnswerWriter(client.packets());
  }

  /** Serves until the client goes, misbehaves or is cut off. */
  void serve() throws IOException {
    client.socket().setSoTimeout(LOGIN_MILLIS);
    Optional<Login.Guest> guest = new Login(client, answers, door, cluster).admit(id);
    if (guest.isEmpty()) {
      return;
    }
    SqlSession opened = new SqlSession(cluster, guest.get().account(), id, directory);
    if (!guest.get().database().isEmpty()) {
      Answer used = opened.useDatabase(guest.get().database());
      if (used.kind() != Answer.Kind.DONE) {
        answers.error(used.error(), used.sqlState(), used.message());
        return;
      }
    }
    account = guest.get().account();
    session = opened;
    answers.ok(status(opened));
    commands(guest.get().account(), opened);
  }

  /**
   * Returns how long a client may be silent before it is dropped: as the server's timer runs every
   * 5 s, by chance up to so much longer than {@code wait_timeout}.
   */
  private int idleMillis(SqlSession opened) {
    long late = ThreadLocalRandom.current().nextLong(TIMER_PERIOD_MILLIS);
    Duration waited = opened.waitTimeout().plusMillis(late);
    Duration idle =
        cluster
            .locked(SimulatedCluster::dropsIdleAfter)
            .filter(shorter -> shorter.compareTo(waited) < 0)
            .orElse(waited);
    return (int) Math.max(1, Math.min(idle.toMillis(), Integer.MAX_VALUE));
  }

  private void commands(Account who, SqlSession opened) throws IOException {
    boolean stays = true;
    while (stays) {
      client.packets().restart();
      client.socket().setSoTimeout(idleMillis(opened));
      try {
        byte[] packet = client.packets().read(LONGEST_PACKET);
        stays = packet.length > 0 && command(packet[0], new PayloadReader(packet), who, opened);
      } catch (Packets.TooLong e) {
        answers.error(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes");
        return;
      }
    }
  }

  private boolean command(byte code, PayloadReader packet, Account who, SqlSession opened)
      throws IOException {
    packet.skip(1);
    Command command = Command.of(code);
    AnswerWriter.Status status = status(opened);
    switch (command) {
      case QUIT, STATEMENT_DATA, STATEMENT_CLOSE -> {}
      case INIT_DB -> use(packet.rest(), opened);
      case FIELD_LIST -> fields(packet.terminated(), opened);
      case STATISTICS -> answers.plain("Active threads not support");
      case PING, SET_OPTION -> answers.ok(status);
      case RESET_CONNECTION -> {
        opened.reset();
        answers.ok(status(opened));
      }
      // Connector/J then prepares on its own side, and so do the others.
      case STATEMENT_PREPARE ->
          answers.error(
              1295,
              "HY000",
              "This command is not supported in the prepared statement protocol yet");
      case UNKNOWN -> answers.error(1235, "0A000", "Not supported feature or function");
      case QUERY -> {
        return query(packet.rest(), who, opened);
      }
      case PROCESS_KILL -> {
        return query("KILL " + packet.number(4), who, opened);
      }
    }
    return command != Command.QUIT;
  }

  /** The server names no database here, unlike to USE. */
  private void use(String database, SqlSession opened) throws IOException {
    Answer used = opened.useDatabase(database);
    if (used.kind() == Answer.Kind.FAILED) {
      answers.error(used.error(), used.sqlState(), "Unknown database");
    } else {
      send(used, opened);
    }
  }

  private void fields(String table, SqlSession opened) throws IOException {
    Answer columns = opened.columns(table);
    if (columns.kind() == Answer.Kind.ROWS) {
      answers.fields(columns.table(), status(opened));
    } else {
      send(columns, opened);
    }
  }

  private boolean query(String sql, Account who, SqlSession opened) throws IOException {
    Instant arrived = cluster.now();
    running = Thread.currentThread();
    try {
      Answer answer = execute(sql, opened);
      log.ran(arrived, who.login(), sql, number(answer));
      return send(answer, opened);
    } finally {
      running = null;
      Thread.interrupted();
    }
  }

  private static AnswerWriter.Status status(SqlSession opened) {
    return new AnswerWriter.Status(opened.autocommit(), opened.inTransaction());
  }

  private static Answer execute(String sql, SqlSession opened) {
    try {
      return opened.execute(sql);
    } catch (RuntimeException e) {
      LOG.error("A statement broke the simulator: {}", sql, e);
      return Answer.failed(4016, "HY000", "Internal error");
    }
  }

  private static int number(Answer answer) {
    return switch (answer.kind()) {
      case DONE, ROWS -> 0;
      case FAILED -> answer.error();
      case CUT, HUNG -> StatementLog.UNANSWERED;
    };
  }

  /** Sends an answer; tells whether the connection stays. */
  private boolean send(Answer answer, SqlSession opened) throws IOException {
    switch (answer.kind()) {
      case DONE -> answers.ok(status(opened));
      case ROWS -> answers.table(answer.table(), status(opened));
      case FAILED -> answers.error(answer.error(), answer.sqlState(), answer.message());
      case CUT -> {}
      case HUNG -> {
        return hang(opened);
      }
    }
    return answer.kind() != Answer.Kind.CUT;
  }

  private boolean hang(SqlSession opened) throws IOException {
    return switch (client.await(opened.queryTimeout())) {
      case TIME -> send(Answer.timeout(), opened);
      case INTERRUPTED -> send(Answer.interrupted(), opened);
      case GONE -> false;
    };
  }

  /** Describes the session once it is logged in. */
  Optional<SessionDirectory.Entry> entry() {
    Account who = account;
    SqlSession opened = session;
    if (who == null || opened == null) {
      return Optional.empty();
    }
    String host =
        client.socket().getInetAddress().getHostAddress() + ":" + client.socket().getPort();
    return Optional.of(new SessionDirectory.Entry(id, who, host, opened.database()));
  }

  /** Ends the statement that runs, if any. */
  void interrupt() {
    Thread thread = running;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Ends the connection. */
  void close() {
    interrupt();
    try {
      client.socket().close();
    } catch (IOException e) {
      LOG.debug("A client's socket did not close: {}", e.getMessage());
    }
  }
}
