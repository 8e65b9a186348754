-- Tables that only add to version 1: a program that does not know them works all the same, so they
-- raise no version. They are made where they are missing.

-- When the server last saw each daemon, by its own clock: stores on a server only.
CREATE TABLE IF NOT EXISTS sign_of_life (
  daemon VARCHAR(255) NOT NULL PRIMARY KEY,
  seen_at BIGINT NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

-- How much time is proven to have passed since a disarming that has an end: nanoseconds, for each
-- boot of a host that watched it, with what that host's two clocks showed then.
CREATE TABLE IF NOT EXISTS disarming_time (
  cluster VARCHAR(255) NOT NULL,
  boot VARCHAR(100) NOT NULL,
  passed BIGINT NOT NULL,
  uptime BIGINT NOT NULL,
  steady BIGINT NOT NULL,
  PRIMARY KEY (cluster, boot)
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

-- The host that the last daemon worked on: one row, stores on a server only.
CREATE TABLE IF NOT EXISTS last_host (
  id INT NOT NULL PRIMARY KEY,
  host VARCHAR(255) NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;
