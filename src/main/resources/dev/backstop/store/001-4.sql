-- The last look at each cluster that changed nothing, written for many clusters together. It counts
-- while the cluster's memory has this revision; else the report has the time of its own look.
CREATE TABLE IF NOT EXISTS look (
  cluster VARCHAR(255) NOT NULL PRIMARY KEY,
  revision BIGINT NOT NULL,
  observed_at BIGINT NOT NULL,
  next_run BIGINT
) /*!40100 ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin */;
