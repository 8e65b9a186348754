-- Times are microseconds since 1970 in UTC. What stands in a body column is JSON.
-- SQLite skips the comments after the closing brackets; MySQL obeys them: names differ by case there too.

-- One row each: changes (bumped where other processes must notice), permit and history (the last ids
-- given out), history_size (characters kept), book (its revision).
CREATE TABLE counter (
  name VARCHAR(30) NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

-- One row: the folder as last trusted, and the last sign of life.
CREATE TABLE book (
  id INT NOT NULL PRIMARY KEY,
  directory_identity TEXT NOT NULL,
  heartbeat_at BIGINT,
  heartbeat_daemon VARCHAR(255),
  heartbeat_by VARCHAR(255)
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

CREATE TABLE policy (
  name VARCHAR(255) NOT NULL PRIMARY KEY,
  cluster VARCHAR(255) NOT NULL,
  presence VARCHAR(30) NOT NULL,
  body MEDIUMTEXT NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

CREATE TABLE stray_file (
  file VARCHAR(255) NOT NULL PRIMARY KEY,
  body MEDIUMTEXT NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

-- held_since: since when an edit waits for a person; null for none.
CREATE TABLE memory (
  cluster VARCHAR(255) NOT NULL PRIMARY KEY,
  revision BIGINT NOT NULL,
  held_since BIGINT,
  body MEDIUMTEXT NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

CREATE TABLE report (
  cluster VARCHAR(255) NOT NULL PRIMARY KEY,
  daemon VARCHAR(255) NOT NULL,
  observed_at BIGINT,
  body MEDIUMTEXT NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

CREATE TABLE lease (
  cluster VARCHAR(255) NOT NULL PRIMARY KEY,
  owner VARCHAR(255) NOT NULL,
  ends_at BIGINT NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

-- result is null while the permit is open.
CREATE TABLE permit (
  id BIGINT NOT NULL PRIMARY KEY,
  cluster VARCHAR(255) NOT NULL,
  owner VARCHAR(255) NOT NULL,
  daemon VARCHAR(255) NOT NULL,
  statement VARCHAR(30) NOT NULL,
  granted_at BIGINT NOT NULL,
  lease_ends_at BIGINT NOT NULL,
  result VARCHAR(30),
  error INT,
  settled_at BIGINT
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

CREATE INDEX permit_by_result ON permit (result, lease_ends_at);

-- cluster is * for all; ends_at is null until somebody arms.
CREATE TABLE disarming (
  cluster VARCHAR(255) NOT NULL PRIMARY KEY,
  by_whom VARCHAR(255) NOT NULL,
  reason TEXT NOT NULL,
  since BIGINT NOT NULL,
  ends_at BIGINT
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

CREATE TABLE admission (
  cluster VARCHAR(255) NOT NULL PRIMARY KEY,
  admitted_at BIGINT NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

-- size: characters of the body.
CREATE TABLE history (
  id BIGINT NOT NULL PRIMARY KEY,
  told_at BIGINT NOT NULL,
  daemon VARCHAR(255) NOT NULL,
  by_whom VARCHAR(255) NOT NULL,
  cluster VARCHAR(255) NOT NULL,
  policy VARCHAR(255) NOT NULL,
  event VARCHAR(40) NOT NULL,
  size BIGINT NOT NULL,
  body MEDIUMTEXT NOT NULL
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;

CREATE INDEX history_by_time ON history (told_at, id);

CREATE INDEX history_by_cluster ON history (cluster, told_at, id);

INSERT INTO counter (name, value) VALUES ('changes', 0);
INSERT INTO counter (name, value) VALUES ('permit', 0);
INSERT INTO counter (name, value) VALUES ('history', 0);
INSERT INTO counter (name, value) VALUES ('history_size', 0);
INSERT INTO counter (name, value) VALUES ('book', 0);
INSERT INTO book (id, directory_identity) VALUES (1, '');
