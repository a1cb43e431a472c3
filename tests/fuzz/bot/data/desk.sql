CREATE TABLE stock (thing TEXT PRIMARY KEY, left INTEGER NOT NULL, price REAL NOT NULL);
CREATE TABLE request (thing TEXT NOT NULL, day TEXT NOT NULL, person TEXT NOT NULL);
INSERT INTO stock VALUES ('lamp', 3, 9.5), ('chair', 0, 120);
