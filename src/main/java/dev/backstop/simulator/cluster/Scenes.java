package dev.backstop.simulator.cluster;

import java.time.Duration;
import java.time.Instant;

/** Sets the scenes that the profiles begin with; each starts ten minutes before the curtain. */
final class Scenes {

  private static final Duration UNTIL_CURTAIN = Duration.ofMinutes(10);
  private static final String OSS =
      "oss://backup-bucket/second?host=oss.example.com&access_id=AKIDEXAMPLE"
          + "&access_key=s3cr3tAccessKeyExample";
  private static final int LONGEST_DESTINATION = 2048;
  private static final int LONGEST_COMMENT = 4096;

  private Scenes() {}

  static void set(VirtualCluster cluster) {
    cluster.startSetJob(CopyRequest.all());
  }

  static void pieces(VirtualCluster cluster) {
    cluster.startPieceJob(CopyRequest.all());
    cluster.startPieceJob(CopyRequest.all().andActive());
  }

  static void setAndPieces(VirtualCluster cluster) {
    set(cluster);
    pieces(cluster);
  }

  static void queue(VirtualCluster cluster) {
    pieces(cluster);
    cluster.startPieceJob(CopyRequest.item(3));
  }

  static void tenantJobs(VirtualCluster cluster) {
    cluster.startSetJob(CopyRequest.ofTenant(1001, "file:///data/nfs/pay_sets"));
    cluster.startPieceJob(CopyRequest.ofTenant(1001, "file:///data/nfs/pay_pieces"));
    cluster.startPieceJob(CopyRequest.ofTenant(1002, "file:///data/nfs/orders_pieces"));
  }

  static void switching(VirtualCluster cluster) {
    setAndPieces(cluster);
    Instant curtain = cluster.now().plus(UNTIL_CURTAIN);
    cluster.faults().switchRootService(curtain, Duration.ofSeconds(30), Duration.ofMinutes(2));
  }

  static void unsynced(VirtualCluster cluster) {
    cluster.startArchive();
    Instant curtain = cluster.now().plus(UNTIL_CURTAIN);
    cluster.faults().arm(Fault.CONFIG_NOT_SYNC, curtain, curtain.plus(Duration.ofMinutes(1)));
  }

  static ClusterSettings.Builder hideKeys(ClusterSettings.Builder settings) {
    return settings.backupBackupDest(OSS, "recovery_window=7d");
  }

  static void secretJobs(VirtualCluster cluster) {
    cluster.startSetJob(CopyRequest.all());
    cluster.startPieceJob(CopyRequest.all());
    cluster.startPieceJob(
        CopyRequest.ofTenant(1001, padded("file:///备份/二次/", LONGEST_DESTINATION)));
    long failed = cluster.startPieceJob(CopyRequest.ofTenant(1002, OSS + "&path=orders"));
    String comment = "copy to " + OSS + " failed: connection reset ";
    cluster.failPieceJob(failed, -4009, padded(comment, LONGEST_COMMENT));
  }

  private static String padded(String start, int length) {
    return start + "x".repeat(length - start.length());
  }
}
