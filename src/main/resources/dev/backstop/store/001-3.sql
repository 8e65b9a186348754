-- The last state that each notification has sent of a kind, so that a start repeats nothing and skips
-- nothing; written by the notifier alone. A kind that is unmanaged is absent.
CREATE TABLE IF NOT EXISTS notified_state (
  notification VARCHAR(64) NOT NULL,
  cluster VARCHAR(64) NOT NULL,
  kind VARCHAR(10) NOT NULL,
  state VARCHAR(30) NOT NULL,
  PRIMARY KEY (notification, cluster, kind)
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

-- The notifications whose messages don't arrive: since when, and why the last did not.
CREATE TABLE IF NOT EXISTS delivery_failure (
  notification VARCHAR(64) NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL,
  words TEXT NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;
