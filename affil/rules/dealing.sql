-- who: a declared person and the one behind a supplier whom he is or may be.
CREATE OR REPLACE TEMPORARY TABLE who AS
SELECT declared, behind, probability FROM identity
UNION ALL SELECT DISTINCT person, person, 1.0 FROM control;

-- dealing: purchases of officials whose kin, or they themselves, have anything to do with the supplier or with a relation of it. The rules
-- ask what and when; joined for all of them once, and from the few who have control, it is not all kin times all purchases. Table by
-- table: of one large statement the planner guesses how many rows its parts have, and takes three times the memory.
CREATE OR REPLACE TEMPORARY TABLE led_to AS
SELECT k.official_key, c.supplier FROM control c JOIN who w ON w.behind = c.person JOIN kin k ON k.person = w.declared
UNION SELECT n.official_key, c.supplier FROM control c JOIN name_pattern n USING (person);
CREATE OR REPLACE TEMPORARY TABLE led_near AS
FROM led_to UNION SELECT official_key, r.other FROM led_to JOIN related r ON r.one = led_to.supplier;
CREATE OR REPLACE TEMPORARY TABLE service_scope AS
SELECT DISTINCT official_key, scope FROM service SEMI JOIN led_near USING (official_key);
CREATE OR REPLACE TEMPORARY TABLE met AS
SELECT l.official_key, l.supplier, s.scope FROM led_near l JOIN service_scope s USING (official_key)
SEMI JOIN supply ON supply.organisation = l.supplier AND supply.scope = s.scope;
CREATE OR REPLACE TEMPORARY TABLE met_in AS
SELECT met.official_key, met.scope, p.purchase
FROM met JOIN (SELECT supplier, purchase, scope FROM purchase JOIN purchase_scope USING (purchase) WHERE supplier IN (SELECT supplier FROM met)) p
USING (supplier, scope);
CREATE OR REPLACE TEMPORARY TABLE dealing AS
SELECT * FROM met_in JOIN purchase USING (purchase)
