-- The service desk's tickets. A ticket's number is INC- and its id.
CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  employee TEXT NOT NULL,
  category TEXT NOT NULL CHECK (category IN ('hardware', 'software', 'network', 'account', 'building')),
  summary TEXT NOT NULL,
  urgency TEXT NOT NULL CHECK (urgency IN ('low', 'normal', 'high')),
  status TEXT NOT NULL CHECK (status IN ('new', 'in_progress', 'waiting', 'solved')),
  handler TEXT NOT NULL,
  opened_on TEXT NOT NULL,
  updated_on TEXT NOT NULL
);
-- The last two columns: opened and last changed so many days ago.
WITH seed (id, employee, category, summary, urgency, status, handler, opened, updated) AS (
  VALUES
    (10198, 'e1001', 'hardware', 'Docking station does not charge', 'normal', 'solved', 'Koen Bakker', 48, 45),
    (10207, 'e1002', 'software', 'Licence for the drawing program', 'low', 'waiting', 'Leila Amrani', 30, 9),
    (10215, 'e1005', 'building', 'Blind in room 1.14 stuck halfway', 'low', 'in_progress', 'Ruud Smit', 21, 2),
    (10221, 'e1003', 'account', 'Access to the campaign folder', 'normal', 'solved', 'Leila Amrani', 20, 19),
    (10234, 'e1001', 'software', 'Calendar does not sync with phone', 'normal', 'in_progress', 'Leila Amrani', 6, 1),
    (10239, 'e1006', 'hardware', 'Second screen stays black', 'normal', 'in_progress', 'Koen Bakker', 5, 1),
    (10244, 'e1008', 'network', 'VPN drops during calls', 'high', 'waiting', 'Koen Bakker', 4, 3),
    (10251, 'e1001', 'building', 'Too cold at desk 2.031', 'low', 'new', '', 2, 2),
    (10252, 'e1004', 'account', 'New colleague needs access to the code', 'high', 'in_progress', 'Leila Amrani', 2, 0),
    (10260, 'e1009', 'hardware', 'Laptop fan very loud', 'normal', 'new', '', 1, 1)
)
INSERT INTO ticket (id, employee, category, summary, urgency, status, handler, opened_on, updated_on)
SELECT
  id, employee, category, summary, urgency, status, handler,
  date('now', -opened || ' days'), date('now', -updated || ' days')
FROM seed;
