CREATE TABLE orders (number INTEGER, state TEXT, due TEXT);
CREATE TABLE stock (drink TEXT, count INTEGER);
