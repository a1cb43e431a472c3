-- The personnel system of the sample company: people, leave, payslips. Made once, when the file does not exist.
CREATE TABLE employee (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  department TEXT NOT NULL,
  manager TEXT REFERENCES employee (id)
);
INSERT INTO employee (id, name, email, department, manager) VALUES
  ('e1010', 'Marijke van Dam', 'marijke.vandam@lindehof.example', 'Management', NULL),
  ('e1004', 'Tomasz Nowak', 'tomasz.nowak@lindehof.example', 'Engineering', 'e1010'),
  ('e1007', 'Saskia Brouwer', 'saskia.brouwer@lindehof.example', 'Finance', 'e1010'),
  ('e1001', 'Anna de Wit', 'anna.dewit@lindehof.example', 'Engineering', 'e1004'),
  ('e1002', 'Bilal Haddad', 'bilal.haddad@lindehof.example', 'Engineering', 'e1004'),
  ('e1003', 'Chloe Martin', 'chloe.martin@lindehof.example', 'Marketing', 'e1010'),
  ('e1005', 'Emma Visser', 'emma.visser@lindehof.example', 'Customer care', 'e1010'),
  ('e1006', 'Femke Jansen', 'femke.jansen@lindehof.example', 'Finance', 'e1007'),
  ('e1008', 'Hugo Peeters', 'hugo.peeters@lindehof.example', 'Customer care', 'e1005'),
  ('e1009', 'Ines Oliveira', 'ines.oliveira@lindehof.example', 'Marketing', 'e1003');

CREATE TABLE leave_balance (
  employee TEXT PRIMARY KEY REFERENCES employee (id),
  days INTEGER NOT NULL CHECK (days >= 0),
  expires TEXT NOT NULL
);
INSERT INTO leave_balance (employee, days, expires) VALUES
  ('e1001', 12, '2027-07-01'),
  ('e1002', 25, '2027-07-01'),
  ('e1003', 3, '2027-07-01'),
  ('e1004', 18, '2027-07-01'),
  ('e1005', 0, '2027-07-01'),
  ('e1006', 7, '2027-07-01'),
  ('e1007', 21, '2027-07-01'),
  ('e1008', 1, '2027-07-01'),
  ('e1009', 15, '2027-07-01'),
  ('e1010', 30, '2027-07-01');

-- Both days included; `days` counts working days.
CREATE TABLE leave (
  id INTEGER PRIMARY KEY,
  employee TEXT NOT NULL REFERENCES employee (id),
  first TEXT NOT NULL,
  last TEXT NOT NULL CHECK (last >= first),
  days INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('requested', 'approved', 'refused'))
);
INSERT INTO leave (employee, first, last, days, status) VALUES
  ('e1001', '2026-02-16', '2026-02-20', 5, 'approved'),
  ('e1001', '2026-12-24', '2026-12-31', 6, 'approved'),
  ('e1002', '2026-09-07', '2026-09-18', 10, 'requested'),
  ('e1003', '2026-07-20', '2026-08-07', 15, 'approved'),
  ('e1004', '2026-10-19', '2026-10-23', 5, 'approved'),
  ('e1005', '2026-06-01', '2026-06-19', 15, 'approved'),
  ('e1006', '2026-08-03', '2026-08-21', 15, 'approved'),
  ('e1008', '2026-11-06', '2026-11-06', 1, 'refused'),
  ('e1009', '2026-12-28', '2027-01-01', 5, 'requested');
