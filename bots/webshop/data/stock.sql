-- What the shop sells, how much is left, and the letters about what is back.
CREATE TABLE product (
  kind TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  cents INTEGER NOT NULL,
  stock INTEGER NOT NULL CHECK (stock >= 0),
  back_on TEXT NOT NULL  -- the next delivery
);
INSERT INTO product (kind, name, cents, stock, back_on) VALUES
  ('tent', 'Ridge tent for two', 24900, 7, date('now', '+30 days')),
  ('backpack', 'Day pack 24 l', 8900, 18, date('now', '+21 days')),
  ('rain_jacket', 'Storm rain jacket', 15900, 4, date('now', '+14 days')),
  ('fleece', 'Moss fleece', 6995, 0, date('now', '+11 days')),
  ('boots', 'Fell hiking boots', 17900, 12, date('now', '+14 days')),
  ('socks', 'Merino socks', 1795, 140, date('now', '+7 days')),
  ('bottle', 'Steel flask 1 l', 2900, 63, date('now', '+7 days')),
  ('lantern', 'Camp lantern', 3500, 16, date('now', '+12 days')),
  ('head_torch', 'Spark head torch', 3995, 1, date('now', '+9 days')),
  ('sleeping_bag', 'Night sleeping bag', 13900, 9, date('now', '+25 days')),
  ('stove', 'Ember camping stove', 5495, 0, date('now', '+18 days')),
  ('sleeping_mat', 'Heath sleeping mat', 4995, 22, date('now', '+14 days')),
  ('poles', 'Ridge trekking poles', 7995, 0, date('now', '+35 days'));

CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL REFERENCES product (kind),
  email TEXT NOT NULL,
  written_on TEXT NOT NULL,
  UNIQUE (kind, email)
);
INSERT INTO alert (kind, email, written_on) VALUES
  ('stove', 'joost.vermeulen@example.net', date('now', '-4 days')),
  ('poles', 'fleur.maas@example.org', date('now', '-2 days'));
