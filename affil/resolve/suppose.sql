-- person_pair: of the pairs of near names, the ones a purchase joins, now that it is known who is whose kin and who has what control.
CREATE OR REPLACE TEMPORARY TABLE person_pair AS
WITH served AS MATERIALIZED (
    SELECT DISTINCT k.person AS declared, s.scope FROM kin k SEMI JOIN near_pair ON near_pair.declared = k.person JOIN service s ON s.official_key = k.official_key),
own AS MATERIALIZED (SELECT DISTINCT c.person AS behind, c.supplier AS organisation FROM control c SEMI JOIN near_pair ON near_pair.behind = c.person),
led AS MATERIALIZED (FROM own UNION SELECT behind, r.other FROM own JOIN related r ON r.one = organisation)
SELECT DISTINCT n.* FROM near_pair n JOIN served USING (declared) JOIN led USING (behind)
SEMI JOIN supply ON supply.organisation = led.organisation AND supply.scope = served.scope
