-- How far the timeline has come, in the row without a name, and when on it each disarming of that
-- name began; each with the boot of the host that wrote it and its uptime then, in nanoseconds.
-- It takes the place of disarming_time, which programs of before read.
CREATE TABLE IF NOT EXISTS timeline (
  name VARCHAR(255) NOT NULL PRIMARY KEY,
  noted_at BIGINT NOT NULL,
  boot VARCHAR(100) NOT NULL,
  uptime BIGINT NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;
