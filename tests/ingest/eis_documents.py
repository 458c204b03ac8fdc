"""Invented documents of ЕИС in the dialects of their years, for tests: structure as in real files, persons and numbers of nobody."""

from __future__ import annotations

from stdnum.ru import inn as check_digits

OOS = 'xmlns="http://zakupki.gov.ru/oos/export/1" xmlns:oos="http://zakupki.gov.ru/oos/types/1"'


def person_inn(start: str) -> str:
    return start + check_digits.calc_personal_check_digits(start)


def company_inn(start: str) -> str:
    return start + check_digits.calc_company_check_digit(start)


CUSTOMER, FIRM, OTHER_FIRM, ORGANIZER = (company_inn(start) for start in ("420000001", "420500002", "420500003", "420000009"))
BROTHER = person_inn("4205000001")
STRANGER = person_inn("4205000002")
REG_NUM = "3420000001724000031"
PROCEDURE = "0142300000124000013"


def tag(name: str, content: str | None, prefix: str = "oos:") -> str:
    return "" if content is None else f"<{prefix}{name}>{content}</{prefix}{name}>"


def supplier_2011(
    inn: str = FIRM,
    kind: str = "U",
    name: str | None = "ООО &quot;Вереск&quot;",
    person: tuple[str, ...] = ("Чиж", "Пётр", "Ильич "),
) -> str:
    contact = "".join(tag(one, text) for one, text in zip(("lastName", "firstName", "middleName"), person, strict=True))
    return tag(
        "supplier",
        tag("participantType", kind) + tag("inn", inn) + tag("kpp", "420501001" if kind == "U" else None) + tag("organizationForm", "OOO")
        + tag("organizationName", name) + tag("factualAddress", "650000, г. Энск, ул. Лесная, д. 1") + tag("contactInfo", contact)
        + tag("contactPhone", "8-3842-121212"),
    )  # fmt: skip


def supplier_2015(
    inn: str = FIRM,
    person: tuple[str, str, str] | None = None,
    name: str = "Общество с ограниченной ответственностью &quot;Вереск&quot;",
) -> str:
    if person is None:
        body = (
            f"<ns2:legalForm><ns2:code>12300</ns2:code><ns2:singularName>Общество</ns2:singularName></ns2:legalForm><ns2:fullName>{name}</ns2:fullName>"
            f"<ns2:shortName>ООО Вереск</ns2:shortName><ns2:OKPO>1</ns2:OKPO><ns2:INN>{inn}</ns2:INN><ns2:KPP>420501001</ns2:KPP>"
            "<ns2:OKTMO><ns2:code>32</ns2:code><ns2:name>город Энск</ns2:name></ns2:OKTMO><ns2:address>г. Энск, ул. Лесная, д. 1</ns2:address>"
            "<ns2:contactInfo><ns2:lastName>Чиж</ns2:lastName><ns2:firstName>Пётр</ns2:firstName></ns2:contactInfo>"
            "<ns2:contactEMail>veresk@example.ru</ns2:contactEMail><ns2:contactPhone>8-3842-121212</ns2:contactPhone>"
        )
        return f"<ns2:supplier><ns2:legalEntityRF>{body}</ns2:legalEntityRF></ns2:supplier>"
    names = "".join(tag(one, text, "ns2:") for one, text in zip(("lastName", "firstName", "middleName"), person, strict=True))
    body = f"{names}<ns2:INN>{inn}</ns2:INN><ns2:isIP>true</ns2:isIP><ns2:OKTMO><ns2:name>город Энск</ns2:name></ns2:OKTMO><ns2:contactPhone>1</ns2:contactPhone>"
    return f"<ns2:supplier><ns2:individualPersonRF>{body}</ns2:individualPersonRF></ns2:supplier>"


def supplier_2021(inn: str = FIRM, person: tuple[str, str, str] | None = None) -> str:
    if person is None:
        body = (
            f"<legalEntityRF><EGRULInfo><legalForm><singularName>ООО</singularName></legalForm><fullName>ООО &quot;Вереск&quot;</fullName>"
            f"<shortName>ООО Вереск</shortName><INN>{inn}</INN><KPP>420501001</KPP><address>г. Энск</address></EGRULInfo>"
            "<otherInfo><contactEMail>veresk@example.ru</contactEMail><contactPhone>8-3842-121212</contactPhone></otherInfo></legalEntityRF>"
        )
    else:
        names = "".join(tag(one, text, "") for one, text in zip(("lastName", "firstName", "middleName"), person, strict=True))
        body = f"<individualPersonRF><EGRIPInfo>{names}<INN>{inn}</INN></EGRIPInfo><otherInfo><contactPhone>1</contactPhone></otherInfo></individualPersonRF>"
    accounts = "<supplierAccountsDetails><supplierAccountDetails><counterpartyName>Банк</counterpartyName><INN>1</INN></supplierAccountDetails></supplierAccountsDetails>"
    return f"<supplierInfo>{body}{accounts}</supplierInfo>"


def contract_2011(
    suppliers: str | None = None,
    number: str = REG_NUM,
    version: int = 0,
    signed: str = "2024-05-20",
    price: str = "145000.50",
    extra: str = "",
) -> str:
    body = (
        tag("id", "1") + tag("regNum", number) + tag("number", "13-ЗК") + tag("publishDate", "2024-05-21T12:20:03Z") + tag("signDate", signed)
        + tag("versionNumber", str(version))
        + tag("foundation", tag("fcsOrder", tag("notificationNumber", PROCEDURE) + tag("lotNumber", "1") + tag("placing", "9")))
        + tag("customer", tag("regNum", "01") + tag("fullName", "Администрация города Энска") + tag("inn", CUSTOMER) + tag("kpp", "420001001"))
        + tag("price", price) + tag("currency", tag("code", "RUB")) + tag("executionDate", tag("month", "12") + tag("year", "2024"))
        + tag("products", tag("product", tag("name", "Пакет для отходов") + tag("price", "1")) * 3)
        + tag("suppliers", suppliers if suppliers is not None else supplier_2011()) + extra
        + tag("currentContractStage", "E")
    )  # fmt: skip
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<export {OOS}><contract schemeVersion="4.5">{body}</contract></export>'


def contract_2015(
    suppliers: str | None = None,
    number: str = REG_NUM,
    version: int = 0,
    ground: str = "",
    price: str | None = None,
    extra: str = "",
) -> str:
    found = (
        ground
        or f"<ns2:fcsOrder><ns2:order><ns2:notificationNumber>{PROCEDURE}</ns2:notificationNumber></ns2:order></ns2:fcsOrder>"
    )
    body = (
        f"<ns2:versionNumber>{version}</ns2:versionNumber><ns2:foundation>{found}</ns2:foundation><ns2:customer><ns2:regNum>01</ns2:regNum>"
        f"<ns2:fullName>Администрация города Энска</ns2:fullName><ns2:inn>{CUSTOMER}</ns2:inn></ns2:customer><ns2:signDate>2024-05-20</ns2:signDate>"
        f"<ns2:regNum>{number}</ns2:regNum><ns2:number>77</ns2:number><ns2:contractSubject>Ремонт кровли</ns2:contractSubject>"
        + (
            price
            or "<ns2:priceInfo><ns2:price>145000.5</ns2:price><ns2:currency><ns2:code>RUB</ns2:code></ns2:currency></ns2:priceInfo>"
        )
        + "<ns2:executionPeriod><ns2:startDate>2024-05-20</ns2:startDate><ns2:stages><ns2:endDate>2024-08-01</ns2:endDate></ns2:stages>"
        "<ns2:endDate>2024-12-31</ns2:endDate></ns2:executionPeriod>"
        f"<ns2:suppliers>{suppliers if suppliers is not None else supplier_2015()}</ns2:suppliers>{extra}"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ns7:export xmlns:ns7="http://zakupki.gov.ru/oos/export/1" xmlns:ns2="http://zakupki.gov.ru/oos/types/1">'
        f'<ns7:contract schemeVersion="8.2">{body}</ns7:contract></ns7:export>'
    )


def contract_2021(suppliers: str | None = None, number: str = REG_NUM, version: int = 1) -> str:
    code = "242" + CUSTOMER + "4200010010100100000000244"
    assert len(code) == 38 - 0 or True
    body = (
        f"<versionNumber>{version}</versionNumber><foundation><fcsOrder><order><notificationNumber>{PROCEDURE}</notificationNumber></order></fcsOrder></foundation>"
        f"<customer><regNum>01</regNum><fullName>Администрация города Энска</fullName><inn>{CUSTOMER}</inn></customer><signDate>2024-05-20</signDate>"
        f"<regNum>{number}</regNum><number>77</number><contractSubject>Ремонт кровли</contractSubject>"
        "<priceInfo><price>145000.5</price><currency><code>RUB</code></currency></priceInfo>"
        "<executionPeriod><startDate>2024-05-20</startDate><endDate>2024-12-31</endDate></executionPeriod>"
        f"<suppliersInfo>{suppliers if suppliers is not None else supplier_2021()}</suppliersInfo><currentContractStage>EC</currentContractStage>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><ns3:export xmlns="http://zakupki.gov.ru/oos/types/1" xmlns:ns3="http://zakupki.gov.ru/oos/export/1"'
        f' xmlns:ns4="http://zakupki.gov.ru/oos/common/1"><ns3:contract schemeVersion="13.1">{body}</ns3:contract></ns3:export>'
    )


def main_info(inn: str, name: str = "МУП &quot;Водоканал&quot;") -> str:
    return f"<mainInfo><fullName>{name}</fullName><shortName>МУП</shortName><inn>{inn}</inn><kpp>420001001</kpp><phone>1</phone></mainInfo>"


def supplier_223(inn: str = FIRM, kind: str = "L", name: str = "ООО &quot;Вереск&quot;") -> str:
    return (
        f"<ns2:supplierInfo><ns2:name>{name}</ns2:name><ns2:shortName>{name}</ns2:shortName><ns2:inn>{inn}</ns2:inn><ns2:type>{kind}</ns2:type>"
        "<ns2:address><ns2:country><name>РОССИЯ</name></ns2:country><ns2:postCode>650000</ns2:postCode><ns2:city><ns2:fullName>Энск</ns2:fullName></ns2:city>"
        "<ns2:phone>83842121212</ns2:phone><ns2:house>1</ns2:house></ns2:address></ns2:supplierInfo>"
    )


def document_223(root: str, body: str, namespace: str = "contract") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ns2:{root} xmlns:ns2="http://zakupki.gov.ru/223fz/{namespace}/1" xmlns="http://zakupki.gov.ru/223fz/types/1">'
        f"<header><guid>1</guid></header><ns2:body><ns2:item><guid>2</guid><ns2:{root}Data>{body}</ns2:{root}Data></ns2:item></ns2:body></ns2:{root}>"
    )


def contract_223(supplier: str | None = None, number: str = "54200000001240000010000", termination: str = "false") -> str:
    return document_223(
        "contract",
        f"<ns2:registrationNumber>{number[:-1]}1</ns2:registrationNumber><ns2:termination>{termination}</ns2:termination>"
        f"<ns2:customer>{main_info(CUSTOMER)}</ns2:customer><ns2:placer>{main_info(ORGANIZER, 'Центр закупок')}</ns2:placer><ns2:version>2</ns2:version>"
        f"<ns2:contractRegNumber>{number}</ns2:contractRegNumber><ns2:name>636 / АГ</ns2:name><ns2:contractDate>2024-05-20T00:00:00</ns2:contractDate>"
        "<ns2:purchaseNoticeInfo><ns2:purchaseNoticeNumber>32400000001</ns2:purchaseNoticeNumber><ns2:publicationDateTime>2024-04-01T10:33:46</ns2:publicationDateTime>"
        "</ns2:purchaseNoticeInfo><ns2:subjectContract>Обучение</ns2:subjectContract><ns2:purchaseTypeInfo><ns2:name>Запрос котировок</ns2:name></ns2:purchaseTypeInfo>"
        f"{supplier_223() if supplier is None else supplier}<ns2:price>229500</ns2:price><ns2:currency><code>RUB</code></ns2:currency>"
        "<ns2:endExecutionDate>2024-12-31</ns2:endExecutionDate>",
    )


def protocol_2014(members: str = "", applications: str = "", procedure: str = PROCEDURE) -> str:
    body = (
        f"<id>9</id><purchaseNumber>{procedure}</purchaseNumber><protocolNumber>П1</protocolNumber><protocolPublisher><publisherOrg><regNum>01</regNum>"
        f"<fullName>Администрация города Энска</fullName><INN>{CUSTOMER}</INN></publisherOrg><publisherRole>CU</publisherRole></protocolPublisher>"
        f"<commission><commissionName>Единая</commissionName><commissionMembers>{members}</commissionMembers></commission>"
        f"<protocolLot><applications>{applications}</applications></protocolLot>"
    )
    return f'<ns2:export xmlns="http://zakupki.gov.ru/oos/types/1" xmlns:ns2="http://zakupki.gov.ru/oos/export/1"><ns2:fcsProtocolEF3 schemeVersion="1.0">{body}</ns2:fcsProtocolEF3></ns2:export>'


def member(number: int, surname: str, given: str, patronymic: str, role: str = "Член комиссии", wrapped: bool = False) -> str:
    names = f"<lastName>{surname}</lastName><firstName>{given}</firstName><middleName>{patronymic}</middleName>"
    names = f"<nameInfo>{names}</nameInfo>" if wrapped else names
    return f"<commissionMember><memberNumber>{number}</memberNumber>{names}<role><id>4</id><name>{role}</name><rightVote>true</rightVote></role></commissionMember>"


def application_2014(
    number: int,
    inn: str,
    name: str | None = "ООО &quot;Вереск&quot;",
    rating: int | None = None,
    kind: str = "U",
    admitted: str | None = None,
) -> str:
    contact = "<contactInfo><lastName>Чиж</lastName><firstName>Пётр</firstName><middleName>Ильич</middleName></contactInfo>"
    return (
        f"<application><journalNumber>{number}</journalNumber><appDate>2024-05-0{number}T10:00:00Z</appDate><appParticipants><appParticipant>"
        f"<participantType>{kind}</participantType><inn>{inn}</inn>{tag('organizationName', name, '')}{contact}</appParticipant></appParticipants>"
        f"{tag('appRating', None if rating is None else str(rating), '')}{tag('admitted', admitted, '')}</application>"
    )


def notice_2014(
    customers: str = "",
    role: str = "CU",
    published: str = "2024-04-21T10:23:46.869+04:00",
    organizer: str = CUSTOMER,
    procedure: str = PROCEDURE,
) -> str:
    body = (
        f"<id>1</id><purchaseNumber>{procedure}</purchaseNumber><docPublishDate>{published}</docPublishDate><purchaseObjectInfo>Ремонт кровли</purchaseObjectInfo>"
        f"<purchaseResponsible><responsibleOrg><regNum>01</regNum><fullName>Администрация</fullName><INN>{organizer}</INN></responsibleOrg>"
        f"<responsibleRole>{role}</responsibleRole><responsibleInfo><contactPerson><lastName>Громов</lastName><firstName>Пётр</firstName><middleName>Ильич</middleName>"
        "</contactPerson><contactEMail>g@example.ru</contactEMail><contactPhone>2</contactPhone></responsibleInfo></purchaseResponsible>"
        "<placingWay><code>EF</code><name>Электронный аукцион</name></placingWay>"
        f"<lot><maxPrice>10000</maxPrice><customerRequirements>{customers or requirement('01')}</customerRequirements></lot>"
    )
    return f'<ns2:export xmlns="http://zakupki.gov.ru/oos/types/1" xmlns:ns2="http://zakupki.gov.ru/oos/export/1"><ns2:fcsNotificationEF>{body}</ns2:fcsNotificationEF></ns2:export>'


def requirement(code: str, inn: str | None = None) -> str:
    ikz = "" if inn is None else f"<purchaseCode>242{inn}{'0' * 23}</purchaseCode>"
    return f"<customerRequirement><customer><regNum>{code}</regNum></customer><maxPrice>1</maxPrice>{ikz}</customerRequirement>"


def unfair_2015(founders: str = "", inn: str = FIRM, included: str = "2024-01-13T00:00:00Z") -> str:
    body = (
        tag("registryNum", "РНП.24120-24") + tag("publishDate", included) + tag("approveDate", included) + tag("state", "PUBLISHED")
        + tag("createReason", "WINNER_DEVIATION")
        + tag("unfairSupplier", tag("fullName", "ООО &quot;Вереск&quot;") + tag("type", "U") + tag("inn", inn)
              + tag("place", tag("kladr", tag("fullName", "Лесная ул"))) + founders)
        + tag("purchase", tag("purchaseNumber", PROCEDURE)) + tag("contract", tag("regNum", REG_NUM) + tag("price", "1"))
    )  # fmt: skip
    return f"<export {OOS}><unfairSupplier>{body}</unfairSupplier></export>"


def founder_2015(name: str, inn: str | None) -> str:
    return tag("founders", tag("names", name) + tag("inn", inn))


def unfair_2022(founders: str = "", inn: str = FIRM) -> str:
    return (
        '<export xmlns="http://zakupki.gov.ru/oos/export/1"><unfairSupplier2022><versionNumber>1</versionNumber><commonInfo><regNumber>22000001</regNumber>'
        "<publishDT>2024-02-01T10:00:00+03:00</publishDT></commonInfo><createReasonInfo><createReason>CANCEL_CONTRACT</createReason></createReasonInfo>"
        f"<unfairSupplierInfo><legalEntityRFInfo><fullName>ООО &quot;Вереск&quot;</fullName><INN>{inn}</INN></legalEntityRFInfo>{founders}</unfairSupplierInfo>"
        "<autoExDateInfo><autoExDate>2026-02-01</autoExDate></autoExDateInfo></unfairSupplier2022></export>"
    )
