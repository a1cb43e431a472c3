-- What employees may order, how much of it is in the store room, and what they ordered.
CREATE TABLE item (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  stock INTEGER NOT NULL CHECK (stock >= 0),
  next_delivery TEXT NOT NULL,
  note TEXT NOT NULL
);
INSERT INTO item (name, kind, stock, next_delivery, note) VALUES
  ('ThinkBook 14', 'laptop', 6, date('now', '+14 days'), '14 inch, 16 GB, 1.4 kg'),
  ('ThinkBook 16', 'laptop', 2, date('now', '+14 days'), '16 inch, 32 GB, 1.8 kg'),
  ('MacBook Air 13', 'laptop', 3, date('now', '+21 days'), '13 inch, 16 GB, 1.2 kg'),
  ('Dell 27 inch', 'monitor', 9, date('now', '+10 days'), '2560 x 1440, USB-C'),
  ('Dell 34 inch wide', 'monitor', 1, date('now', '+28 days'), '3440 x 1440, USB-C'),
  ('Logitech MX Keys', 'keyboard', 12, date('now', '+7 days'), 'wireless'),
  ('Cherry Stream', 'keyboard', 20, date('now', '+7 days'), 'wired, quiet'),
  ('Logitech M650', 'mouse', 25, date('now', '+7 days'), 'wireless, left or right'),
  ('Evoluent vertical mouse', 'mouse', 4, date('now', '+12 days'), 'upright grip'),
  ('Jabra Evolve2 65', 'headset', 5, date('now', '+9 days'), 'wireless, closed'),
  ('Poly Blackwire', 'headset', 0, date('now', '+9 days'), 'wired'),
  ('ThinkPad USB-C dock', 'dock', 7, date('now', '+15 days'), 'two screens, charges'),
  ('Fairphone 5', 'phone', 3, date('now', '+18 days'), 'dual SIM'),
  ('iPhone 16', 'phone', 2, date('now', '+18 days'), '128 GB'),
  ('BMA Axia office chair', 'chair', 0, date('now', '+25 days'), 'adjustable');

CREATE TABLE requisition (
  id INTEGER PRIMARY KEY,
  employee TEXT NOT NULL,
  item TEXT NOT NULL REFERENCES item (name),
  reason TEXT NOT NULL,
  place TEXT NOT NULL CHECK (place IN ('office', 'home')),
  status TEXT NOT NULL CHECK (status IN ('waiting', 'approved', 'delivered')),
  ordered_on TEXT NOT NULL
);
INSERT INTO requisition (id, employee, item, reason, place, status, ordered_on) VALUES
  (3301, 'e1002', 'Dell 27 inch', 'Second screen for reviews', 'home', 'delivered', date('now', '-40 days')),
  (3302, 'e1005', 'Jabra Evolve2 65', 'Calls with customers', 'office', 'delivered', date('now', '-17 days')),
  (3303, 'e1009', 'ThinkBook 14', 'Current laptop is five years old', 'office', 'waiting', date('now', '-3 days'));
