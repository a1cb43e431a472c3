-- Where a link for a new password may be sent, and the links that were asked for. Passwords are never here.
CREATE TABLE account (
  employee TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  mobile TEXT NOT NULL
);
INSERT INTO account (employee, email, mobile) VALUES
  ('e1001', 'anna.dewit@lindehof.example', '+31 6 5550 1041'),
  ('e1002', 'bilal.haddad@lindehof.example', '+31 6 5550 1072'),
  ('e1003', 'chloe.martin@lindehof.example', '+31 6 5550 1013'),
  ('e1004', 'tomasz.nowak@lindehof.example', '+31 6 5550 1094'),
  ('e1005', 'emma.visser@lindehof.example', '+31 6 5550 1065'),
  ('e1006', 'femke.jansen@lindehof.example', '+31 6 5550 1026'),
  ('e1007', 'saskia.brouwer@lindehof.example', '+31 6 5550 1087'),
  ('e1008', 'hugo.peeters@lindehof.example', '+31 6 5550 1038'),
  ('e1009', 'ines.oliveira@lindehof.example', '+31 6 5550 1059'),
  ('e1010', 'marijke.vandam@lindehof.example', '+31 6 5550 1010');

CREATE TABLE reset_request (
  id INTEGER PRIMARY KEY,
  employee TEXT NOT NULL REFERENCES account (employee),
  system TEXT NOT NULL CHECK (system IN ('network', 'mail', 'payroll', 'crm')),
  requested_on TEXT NOT NULL
);
INSERT INTO reset_request (id, employee, system, requested_on) VALUES
  (4400, 'e1003', 'crm', date('now', '-33 days')),
  (4401, 'e1008', 'network', date('now', '-12 days')),
  (4402, 'e1001', 'mail', date('now', '-5 days'));
