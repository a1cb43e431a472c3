-- Runs once, when the file is made.
CREATE TABLE booking (
  room TEXT NOT NULL,
  day TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (room, day)
);
INSERT INTO booking (room, day, person) VALUES ('tower', date('now', '+1 day'), 'the board');
