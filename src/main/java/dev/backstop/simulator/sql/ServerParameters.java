package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.cluster.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the cluster's parameters as SHOW PARAMETERS lists them, one row per server and name. */
final class ServerParameters {

  /** The internal table that SHOW PARAMETERS shows. */
  static final String TABLE = "__all_virtual_sys_parameter_stat";

  private static final String SYSTEM = "sys";
  private static final String[] COLUMNS = {
    "zone",
    "svr_type",
    "svr_ip",
    "svr_port",
    "name",
    "data_type",
    "value",
    "info",
    "section",
    "scope",
    "source",
    "edit_level"
  };

  private ServerParameters() {}

  static Table show(SimulatedCluster cluster) {
    TextTable answer = TextTable.show();
    for (String column : COLUMNS) {
      if (column.equals("svr_port")) {
        answer.number(column);
      } else {
        answer.optional(1024, column);
      }
    }
    Table stat = stat(cluster);
    if (stat == null) {
      for (Map.Entry<String, String> parameter : cluster.parameters().entrySet()) {
        answer.row(
            "zone1",
            "observer",
            "127.0.0.1",
            "2882",
            parameter.getKey(),
            null,
            parameter.getValue(),
            "",
            "",
            "CLUSTER",
            "DEFAULT",
            "DYNAMIC_EFFECTIVE");
      }
      return answer.build();
    }
    for (List<@Nullable Object> row : stat.rows()) {
      @Nullable Object[] values = new @Nullable Object[COLUMNS.length];
      for (int i = 0; i < COLUMNS.length; i++) {
        int column = index(stat, COLUMNS[i]);
        values[i] = column < 0 ? null : row.get(column);
      }
      answer.row(values);
    }
    return answer.build();
  }

  /** Names one server by its address and its port for other servers. */
  record Server(String ip, String port) {}

  /** Names the answering server, the first of that table; the default where it is absent. */
  static Server answering(SimulatedCluster cluster) {
    Table stat = stat(cluster);
    if (stat == null || stat.rows().isEmpty()) {
      return new Server("127.0.0.1", "2882");
    }
    List<@Nullable Object> first = stat.rows().get(0);
    return new Server(text(stat, first, "svr_ip"), text(stat, first, "svr_port"));
  }

  private static String text(Table stat, List<@Nullable Object> row, String column) {
    int index = index(stat, column);
    return index < 0 ? "" : String.valueOf(row.get(index));
  }

  private static @Nullable Table stat(SimulatedCluster cluster) {
    return cluster.tables(SYSTEM).stream()
        .filter(table -> table.name().equalsIgnoreCase(TABLE))
        .findFirst()
        .orElse(null);
  }

  private static int index(Table table, String column) {
    return IntStream.range(0, table.columns().size())
        .filter(i -> table.columns().get(i).name().equalsIgnoreCase(column))
        .findFirst()
        .orElse(-1);
  }
}
