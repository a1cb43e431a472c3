-- Runs once, when the file is made.
CREATE TABLE booking (
  room TEXT NOT NULL,
  day TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (room, day)
);
-- SQLite's now is in UTC: tomorrow is one of these days, wherever the bot is.
INSERT INTO booking (room, day, person) VALUES
  ('tower', date('now'), 'the board'),
  ('tower', date('now', '+1 day'), 'the board'),
  ('tower', date('now', '+2 days'), 'the board');
