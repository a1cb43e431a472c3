-- Orders, what is in them, and the labels for what comes back. Dates count from the day the file is made, so that the
-- sample never looks old.
CREATE TABLE orders (
  number TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  customer TEXT NOT NULL,
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  city TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('placed', 'packed', 'shipped', 'delivered', 'returned', 'cancelled')),
  ordered_on TEXT NOT NULL,
  expected_on TEXT NOT NULL,
  delivered_on TEXT NOT NULL,  -- as expected, until it is delivered
  tracking TEXT NOT NULL       -- empty until it is shipped
);
-- Who ordered (numbered for this file only); then the orders: whose, how far, and ordered how many days ago.
WITH customer (id, email, name, street, postcode, city) AS (
  VALUES
    (1, 'sanne.kok@example.org', 'Sanne Kok', 'Lijnmarkt 12', '3511 KG', 'Utrecht'),
    (2, 'karim.bouzid@example.net', 'Karim Bouzid', 'Witte de Withstraat 30', '3012 BR', 'Rotterdam'),
    (3, 'yasmin.osman@example.com', 'Yasmin Osman', 'Laan van Meerdervoort 301', '2563 AB', 'Den Haag'),
    (4, 'ruben.visser@example.org', 'Ruben Visser', 'Steentilstraat 33', '9711 GK', 'Groningen'),
    (5, 'p.dubois@example.com', 'Pauline Dubois', 'Grote Gracht 77', '6211 SW', 'Maastricht'),
    (6, 'bram.deboer@example.org', 'Bram de Boer', 'Voorstreek 54', '8911 JR', 'Leeuwarden'),
    (7, 'grace.owusu@example.net', 'Grace Owusu', 'Bijlmerdreef 940', '1103 TT', 'Amsterdam'),
    (8, 'lotte.hendriks@example.org', 'Lotte Hendriks', 'Markt 5', '5611 EB', 'Eindhoven'),
    (9, 'nadia.kowalska@example.net', 'Nadia Kowalska', 'Hoogstraat 19', '6701 BK', 'Wageningen'),
    (10, 'dirk.postma@example.com', 'Dirk Postma', 'Assendorperstraat 25', '8012 EH', 'Zwolle'),
    (11, 'joost.vermeulen@example.net', 'Joost Vermeulen', 'Nieuwe Ebbingestraat 41', '9712 NJ', 'Groningen'),
    (12, 'thomas.wagner@example.com', 'Thomas Wagner', 'Zijlweg 210', '2015 CK', 'Haarlem'),
    (13, 'fleur.maas@example.org', 'Fleur Maas', 'Biltstraat 112', '3572 BJ', 'Utrecht'),
    (14, 'm.elamrani@example.com', 'Mehdi El Amrani', 'Javastraat 88', '1094 HJ', 'Amsterdam'),
    (15, 'eva.smits@example.org', 'Eva Smits', 'Ginnekenweg 163', '4818 JD', 'Breda'),
    (16, 'wout.jacobs@example.net', 'Wout Jacobs', 'Sarphatistraat 6', '1017 WS', 'Amsterdam')
),
seed (number, customer, status, age) AS (
  VALUES
    (10001, 1, 'delivered', 70),
    (10002, 2, 'delivered', 67),
    (10003, 3, 'delivered', 64),
    (10004, 4, 'returned', 61),
    (10005, 5, 'delivered', 58),
    (10006, 6, 'delivered', 55),
    (10007, 7, 'delivered', 52),
    (10008, 8, 'delivered', 49),
    (10009, 9, 'delivered', 46),
    (10011, 10, 'delivered', 43),
    (10012, 11, 'delivered', 40),
    (10013, 12, 'delivered', 37),
    (10014, 13, 'delivered', 22),
    (10015, 14, 'delivered', 21),
    (10016, 15, 'delivered', 20),
    (10017, 16, 'delivered', 19),
    (10018, 1, 'cancelled', 18),
    (10019, 2, 'delivered', 17),
    (10020, 3, 'delivered', 16),
    (10021, 4, 'delivered', 15),
    (10022, 5, 'delivered', 14),
    (10025, 6, 'shipped', 5),
    (10026, 7, 'shipped', 5),
    (10027, 8, 'shipped', 5),
    (10028, 9, 'shipped', 4),
    (10029, 10, 'shipped', 4),
    (10030, 11, 'shipped', 4),
    (10031, 12, 'shipped', 3),
    (10032, 13, 'shipped', 3),
    (10033, 14, 'packed', 1),
    (10034, 15, 'packed', 1),
    (10035, 16, 'packed', 1),
    (10036, 1, 'packed', 1),
    (10037, 2, 'placed', 1),
    (10038, 3, 'placed', 1),
    (10039, 4, 'placed', 1),
    (10040, 5, 'placed', 0),
    (10041, 6, 'placed', 0)
)
INSERT INTO orders
  (number, email, customer, street, postcode, city, status, ordered_on, expected_on, delivered_on, tracking)
SELECT
  'FH-' || number, email, name, street, postcode, city, status,
  date('now', -age || ' days'),
  CASE status
    WHEN 'shipped' THEN date('now', '+1 day')
    WHEN 'packed' THEN date('now', '+2 days')
    WHEN 'placed' THEN date('now', '+3 days')
    ELSE date('now', (3 - age) || ' days')
  END,
  CASE
    WHEN status IN ('shipped', 'packed', 'placed') THEN date('now', '+3 days')
    ELSE date('now', (3 - age) || ' days')
  END,
  CASE WHEN status IN ('shipped', 'delivered', 'returned') THEN '3SGP' || (number * 7919) ELSE '' END
FROM seed JOIN customer ON customer.id = seed.customer;

CREATE TABLE order_item (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL REFERENCES orders (number),
  name TEXT NOT NULL,
  quantity INTEGER NOT NULL
);
WITH seed (number, name, quantity) AS (
  VALUES
    (10001, 'Merino socks', 1),
    (10002, 'Steel flask 1 l', 1),
    (10002, 'Heath sleeping mat', 1),
    (10003, 'Night sleeping bag', 1),
    (10003, 'Day pack 24 l', 1),
    (10003, 'Merino socks', 1),
    (10004, 'Night sleeping bag', 1),
    (10005, 'Moss fleece', 1),
    (10005, 'Ridge tent for two', 1),
    (10006, 'Day pack 24 l', 1),
    (10006, 'Steel flask 1 l', 1),
    (10006, 'Heath sleeping mat', 1),
    (10007, 'Day pack 24 l', 1),
    (10008, 'Night sleeping bag', 1),
    (10008, 'Steel flask 1 l', 1),
    (10009, 'Ember camping stove', 1),
    (10009, 'Day pack 24 l', 1),
    (10009, 'Moss fleece', 1),
    (10011, 'Heath sleeping mat', 1),
    (10012, 'Ember camping stove', 1),
    (10012, 'Ridge trekking poles', 1),
    (10013, 'Steel flask 1 l', 1),
    (10013, 'Ridge tent for two', 1),
    (10013, 'Moss fleece', 1),
    (10014, 'Night sleeping bag', 1),
    (10015, 'Storm rain jacket', 1),
    (10015, 'Fell hiking boots', 1),
    (10016, 'Steel flask 1 l', 1),
    (10016, 'Storm rain jacket', 1),
    (10016, 'Night sleeping bag', 1),
    (10017, 'Ember camping stove', 1),
    (10018, 'Fell hiking boots', 1),
    (10018, 'Night sleeping bag', 1),
    (10019, 'Heath sleeping mat', 1),
    (10019, 'Storm rain jacket', 1),
    (10019, 'Day pack 24 l', 1),
    (10020, 'Merino socks', 1),
    (10021, 'Night sleeping bag', 1),
    (10021, 'Day pack 24 l', 1),
    (10022, 'Ember camping stove', 1),
    (10022, 'Ridge tent for two', 1),
    (10022, 'Ridge trekking poles', 1),
    (10025, 'Moss fleece', 1),
    (10026, 'Spark head torch', 1),
    (10026, 'Heath sleeping mat', 2),
    (10027, 'Merino socks', 3),
    (10027, 'Spark head torch', 1),
    (10027, 'Ember camping stove', 1),
    (10028, 'Merino socks', 3),
    (10029, 'Moss fleece', 1),
    (10029, 'Storm rain jacket', 1),
    (10030, 'Ridge trekking poles', 1),
    (10030, 'Moss fleece', 1),
    (10030, 'Day pack 24 l', 1),
    (10031, 'Ember camping stove', 1),
    (10032, 'Fell hiking boots', 1),
    (10032, 'Night sleeping bag', 1),
    (10033, 'Spark head torch', 1),
    (10033, 'Merino socks', 3),
    (10033, 'Ridge trekking poles', 1),
    (10034, 'Ember camping stove', 1),
    (10035, 'Day pack 24 l', 1),
    (10035, 'Ridge trekking poles', 1),
    (10036, 'Night sleeping bag', 1),
    (10036, 'Steel flask 1 l', 2),
    (10036, 'Storm rain jacket', 1),
    (10037, 'Storm rain jacket', 1),
    (10038, 'Spark head torch', 1),
    (10038, 'Steel flask 1 l', 1),
    (10039, 'Heath sleeping mat', 2),
    (10039, 'Day pack 24 l', 1),
    (10039, 'Night sleeping bag', 1),
    (10040, 'Merino socks', 3),
    (10041, 'Ember camping stove', 1),
    (10041, 'Spark head torch', 1)
)
INSERT INTO order_item (number, name, quantity) SELECT 'FH-' || number, name, quantity FROM seed;

-- One item comes back at most once.
CREATE TABLE return_label (
  id INTEGER PRIMARY KEY,
  item INTEGER NOT NULL UNIQUE REFERENCES order_item (id),
  reason TEXT NOT NULL CHECK (reason IN ('too_small', 'too_big', 'damaged', 'wrong_item', 'changed_mind')),
  requested_on TEXT NOT NULL
);
INSERT INTO return_label (id, item, reason, requested_on)
SELECT 52000, min(id), 'too_big', date('now', '-50 days') FROM order_item WHERE number = 'FH-10004';
