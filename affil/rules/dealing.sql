-- who: a declared person and the one behind a supplier whom he is or may be.
CREATE OR REPLACE TEMPORARY TABLE who AS
SELECT declared, behind, probability FROM identity
UNION ALL SELECT DISTINCT person, person, 1.0 FROM control;

-- dealing: purchases of officials whose kin, or they themselves, have anything to do with the supplier or with a relation of it. The rules
-- ask what and when; joined for all of them once, and from the few who have control, it is not all kin times all purchases.
CREATE OR REPLACE TEMPORARY TABLE dealing AS
WITH lead AS MATERIALIZED (
    SELECT k.official_key, c.supplier FROM control c JOIN who w ON w.behind = c.person JOIN kin k ON k.person = w.declared
    UNION SELECT n.official_key, c.supplier FROM control c JOIN name_pattern n USING (person)),
near AS MATERIALIZED (FROM lead UNION SELECT official_key, r.other FROM lead JOIN related r ON r.one = lead.supplier),
service_scope AS MATERIALIZED (SELECT DISTINCT official_key, scope FROM service SEMI JOIN near USING (official_key)),
met AS MATERIALIZED (
    SELECT near.official_key, near.supplier, s.scope FROM near JOIN service_scope s USING (official_key)
    SEMI JOIN supply ON supply.organisation = near.supplier AND supply.scope = s.scope),
key AS MATERIALIZED (
    SELECT met.official_key, met.scope, pu.purchase FROM met JOIN (SELECT supplier, purchase FROM purchase) pu USING (supplier)
    SEMI JOIN purchase_scope ps ON ps.purchase = pu.purchase AND ps.scope = met.scope)
SELECT * FROM key JOIN purchase USING (purchase)
