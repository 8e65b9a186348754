package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.cluster.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers SHOW PARAMETERS, and which server answers. */
final class ServerParameters {

  private static final String TABLE = "__all_virtual_sys_parameter_stat";

  private ServerParameters() {}

  /** Immutable address of one server, with its port for other servers. */
  record Server(String zone, String ip, long port) {}

  /** Returns the parameters, which need no right on the table behind them. */
  static Table show(SimulatedCluster cluster) {
    Server server = answering(cluster);
    TextTable answer =
        new TextTable()
            .columns("varchar(1024) null", "zone", "svr_type", "svr_ip")
            .columns("bigint(20)", "svr_port")
            .columns(
                "varchar(1024) null",
                "name",
                "data_type",
                "value",
                "info",
                "section",
                "scope",
                "source")
            .columns("varchar(1024) null", "edit_level");
    cluster
        .parameters()
        .forEach(
            (name, value) ->
                answer.row(
                    server.zone(),
                    "observer",
                    server.ip(),
                    server.port(),
                    name,
                    null,
                    value,
                    "",
                    "",
                    "CLUSTER",
                    "DEFAULT",
                    "DYNAMIC_EFFECTIVE"));
    return answer.build();
  }

  /** Returns the server of the table's first row, or the default one without such a row. */
  static Server answering(SimulatedCluster cluster) {
    for (Table table : cluster.tables("sys")) {
      if (table.name().equals(TABLE) && !table.rows().isEmpty()) {
        return new Server(
            first(table, "zone"), first(table, "svr_ip"), Long.parseLong(first(table, "svr_port")));
      }
    }
    return new Server("zone1", "127.0.0.1", 2882);
  }

  private static String first(Table table, String column) {
    List<@Nullable Object> row = table.rows().get(0);
    for (int i = 0; i < row.size(); i++) {
      if (table.columns().get(i).name().equals(column)) {
        return String.valueOf(row.get(i));
      }
    }
    throw new IllegalStateException("No column " + column);
  }
}
