"""What the fictional officer has entered in `affil.toml`; the rest has its defaults."""

SETTINGS = """\
# What the officer of the fictional district has entered in affil.toml; all else has its defaults. Persons and orders are
# invented.
[organisation]
name = "{name}"
inn = "{inn}"

[purchases]
customers = [{customers}]

[plan]
headcount = 60

[documents]
department = "Отдел профилактики коррупционных и иных правонарушений"
addressee = "Главе Заречного муниципального округа В. И. Градову"
addressee_if_involved = "Председателю Совета депутатов Заречного муниципального округа"
executor = "Консультант отдела Л. Г. Ясенева"
executor_phone = "2-11-42"
head = "Начальник отдела О. Ф. Медянцев"
plan = "п. 2.10 Плана противодействия коррупции на 2026 год"
regulation = "Положение об анализе участников закупок (распоряжение от 15.01.2026 № 7-р)"
access_list = "распоряжение от 15.01.2026 № 8-р"

# Workers of institutions have agreed in writing; without a basis the relatives of a worker would not be loaded.
[legal_basis.person]
worker = "согласие работника (форма утверждена распоряжением от 15.01.2026 № 8-р)"

[legal_basis.relatives]
worker = "согласие родственника, полученное работником (распоряжение от 15.01.2026 № 8-р)"
"""
