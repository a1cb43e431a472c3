-- Complaints and what became of them.
CREATE TABLE complaint (
  id INTEGER PRIMARY KEY,
  topic TEXT NOT NULL CHECK (topic IN ('delivery', 'product', 'service', 'other')),
  story TEXT NOT NULL,
  email TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('new', 'answered', 'closed')),
  opened_on TEXT NOT NULL
);
INSERT INTO complaint (id, topic, story, email, status, opened_on) VALUES
  (7101, 'delivery', 'The parcel was left in the rain.', 'karim.bouzid@example.net', 'closed', date('now', '-26 days')),
  (7102, 'product', 'The seam of the backpack came loose.', 'eva.smits@example.org', 'answered', date('now', '-6 days'));
