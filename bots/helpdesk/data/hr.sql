-- The personnel system of the sample company: people, leave, payslips. Made once, when the file does not exist.
-- Dates count from the day the file is made, so that the sample never looks old.
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
  ('e1001', 12, date('now', 'start of year', '+18 months')),
  ('e1002', 25, date('now', 'start of year', '+18 months')),
  ('e1003', 3, date('now', 'start of year', '+18 months')),
  ('e1004', 18, date('now', 'start of year', '+18 months')),
  ('e1005', 0, date('now', 'start of year', '+18 months')),
  ('e1006', 7, date('now', 'start of year', '+18 months')),
  ('e1007', 21, date('now', 'start of year', '+18 months')),
  ('e1008', 1, date('now', 'start of year', '+18 months')),
  ('e1009', 15, date('now', 'start of year', '+18 months')),
  ('e1010', 30, date('now', 'start of year', '+18 months'));

-- Both days included; `days` counts working days.
CREATE TABLE leave (
  id INTEGER PRIMARY KEY,
  employee TEXT NOT NULL REFERENCES employee (id),
  first TEXT NOT NULL,
  last TEXT NOT NULL CHECK (last >= first),
  days INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('requested', 'approved', 'refused', 'withdrawn'))
);
INSERT INTO leave (employee, first, last, days, status) VALUES
  ('e1001', date('now', '-60 days', 'weekday 1'), date('now', '-60 days', 'weekday 1', '+4 days'), 5, 'approved'),
  ('e1001', date('now', '+150 days', 'weekday 1'), date('now', '+150 days', 'weekday 1', '+4 days'), 5, 'approved'),
  ('e1002', date('now', '+70 days', 'weekday 1'), date('now', '+70 days', 'weekday 1', '+11 days'), 10, 'requested'),
  ('e1003', date('now', '+90 days', 'weekday 1'), date('now', '+90 days', 'weekday 1', '+18 days'), 15, 'approved'),
  ('e1004', date('now', '+120 days', 'weekday 1'), date('now', '+120 days', 'weekday 1', '+4 days'), 5, 'approved'),
  ('e1005', date('now', '+30 days', 'weekday 1'), date('now', '+30 days', 'weekday 1', '+18 days'), 15, 'requested'),
  ('e1006', date('now', '+80 days', 'weekday 1'), date('now', '+80 days', 'weekday 1', '+18 days'), 15, 'approved'),
  ('e1008', date('now', '+20 days', 'weekday 5'), date('now', '+20 days', 'weekday 5'), 1, 'refused'),
  ('e1009', date('now', '+40 days', 'weekday 3'), date('now', '+40 days', 'weekday 3', '+2 days'), 3, 'requested');

CREATE TABLE month_name (number TEXT PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO month_name (number, name) VALUES
  ('01', 'january'), ('02', 'february'), ('03', 'march'), ('04', 'april'), ('05', 'may'), ('06', 'june'),
  ('07', 'july'), ('08', 'august'), ('09', 'september'), ('10', 'october'), ('11', 'november'), ('12', 'december');

-- One a month, put into the payroll portal on the 24th. No amounts: those stay in the payroll system.
CREATE TABLE payslip (
  employee TEXT NOT NULL REFERENCES employee (id),
  period TEXT NOT NULL,
  published TEXT NOT NULL,
  PRIMARY KEY (employee, period)
);
WITH RECURSIVE past (months) AS (SELECT -12 UNION ALL SELECT months + 1 FROM past WHERE months < 12)
INSERT INTO payslip (employee, period, published)
SELECT
  id,
  date('now', 'start of month', months || ' months'),
  date('now', 'start of month', months || ' months', '+23 days')
FROM employee, past;
