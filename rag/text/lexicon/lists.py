"""The names of the word lists, a class for each table of the `*.toml` beside this file."""

from __future__ import annotations

from enum import StrEnum


class Asks(StrEnum):
    """The table [asks] of `questions.toml`."""

    PERCENT = "asks.percent"
    MONEY = "asks.money"
    DURATION = "asks.duration"
    NUMBER = "asks.number"
    DATE = "asks.date"
    PERSON = "asks.person"
    COMING = "asks.coming"
    PLACE = "asks.place"
    GRADE = "asks.grade"
    IMPROVEMENT = "asks.improvement"
    OVERVIEW = "asks.overview"
    COUNCILS = "asks.councils"
    EXTREME = "asks.extreme"
    GREETING = "asks.greeting"
    HOLDINGS = "asks.holdings"
    WHAT_TO_ASK = "asks.what_to_ask"
    PROMISES = "asks.promises"
    INSPECTED = "asks.inspected"
    LED = "asks.led"
    OTHER_INSPECTORATE = "asks.other_inspectorate"
    MOVES = "asks.moves"
    FOUND_TO_BE = "asks.found_to_be"
    LARGER = "asks.larger"
    SEEKS_FAULT = "asks.seeks_fault"
    SEEKS_PRAISE = "asks.seeks_praise"


class Scope(StrEnum):
    """The table [scope] of `questions.toml`."""

    LATEST = "scope.latest"
    BEFORE = "scope.before"
    SEND = "scope.send"
    NEWS = "scope.news"
    COUNCIL_DOCUMENT = "scope.council_document"
    INSPECTORS_TOO = "scope.inspectors_too"
    INSPECTION_REPORT = "scope.inspection_report"
    PRESS = "scope.press"
    REPORT = "scope.report"
    DATED_REPORT = "scope.dated_report"
    NO_TOPIC = "scope.no_topic"


class Comparisons(StrEnum):
    """The table [comparisons] of `questions.toml`."""

    OVER_TIME = "comparisons.over_time"
    LAST_TWO = "comparisons.last_two"


class Premises(StrEnum):
    """The table [premises] of `questions.toml`."""

    WHY = "premises.why"
    OBSTACLE = "premises.obstacle"
    DOWN = "premises.down"
    UP = "premises.up"
    LIKED = "premises.liked"
    RESIGNED = "premises.resigned"
    NOT_SO = "premises.not_so"
    DISLIKED = "premises.disliked"
    FUTURE = "premises.future"
    INSPECTORS = "premises.inspectors"


class Follow(StrEnum):
    """The table [follow] of `questions.toml`."""

    OPENS = "follow.opens"
    PRONOUN = "follow.pronoun"
    POINTS_BACK = "follow.points_back"
    NEXT = "follow.next"
    WHO_SAID = "follow.who_said"
    WHICH = "follow.which"
    COMPARES = "follow.compares"


class Sentiment(StrEnum):
    """The table [sentiment] of `sentiment.toml`."""

    PLAIN_PRAISE = "sentiment.plain_praise"
    PRAISE_BY_DEGREES = "sentiment.praise_by_degrees"
    PLAIN_FAULT = "sentiment.plain_fault"
    FAULT = "sentiment.fault"
    DOUBT = "sentiment.doubt"
    PRAISE = "sentiment.praise"
    CLAIMED_PRAISE = "sentiment.claimed_praise"
    CLAIMED_FAULT = "sentiment.claimed_fault"
    STRENGTH = "sentiment.strength"
    WEAKNESS = "sentiment.weakness"
    WEIGHTY = "sentiment.weighty"
    SLIGHT = "sentiment.slight"
    MEANT = "sentiment.meant"
    UNFINISHED = "sentiment.unfinished"
    NO_FAULT = "sentiment.no_fault"
    EASED = "sentiment.eased"
    MIXED = "sentiment.mixed"


class Negation(StrEnum):
    """The table [negation] of `negation.toml`."""

    PLAIN = "negation.plain"
    DENIES = "negation.denies"
    DENIES_BEFORE = "negation.denies_before"
    IDLE = "negation.idle"
    AT_ALL = "negation.at_all"
    OF_VERB = "negation.of_verb"
    OF_FAULT = "negation.of_fault"


class Direction(StrEnum):
    """The table [direction] of `change.toml`."""

    UP = "direction.up"
    DOWN = "direction.down"
    BETTER = "direction.better"
    WORSE = "direction.worse"
    WISHED = "direction.wished"
    MORE_IS_WORSE = "direction.more_is_worse"
    LESS_IS_WORSE = "direction.less_is_worse"


class Quantifiers(StrEnum):
    """The table [quantifiers] of `quantity.toml`."""

    NOT_ALL = "quantifiers.not_all"
    NONE = "quantifiers.none"
    FEW = "quantifiers.few"
    SOME = "quantifiers.some"
    MANY = "quantifiers.many"
    MOST = "quantifiers.most"
    ALL = "quantifiers.all"
    EXTREMES = "quantifiers.extremes"


class Numbers(StrEnum):
    """The table [numbers] of `quantity.toml`."""

    EARLIER = "numbers.earlier"
    AT_LEAST = "numbers.at_least"
    AT_MOST = "numbers.at_most"
    ABOUT = "numbers.about"
    LASTING = "numbers.lasting"
    NONE = "numbers.none"


class Grammar(StrEnum):
    """The table [grammar] of `grammar.toml`."""

    BE_AND_HAVE = "grammar.be_and_have"
    PRONOUNS = "grammar.pronouns"
    RELATIVES = "grammar.relatives"
    CONCESSIONS = "grammar.concessions"
    ASKS_PRESENT = "grammar.asks_present"
    ASKS_PAST = "grammar.asks_past"
    OPENS_FURTHER = "grammar.opens_further"
    LEANS_BACK = "grammar.leans_back"
    TURNS_BACK = "grammar.turns_back"
    ENDS_COUNTED = "grammar.ends_counted"
    OPENS_LEANING = "grammar.opens_leaning"
    BREAKS_EVENT = "grammar.breaks_event"
    ENDS_EVENT = "grammar.ends_event"
    ENDS_POST = "grammar.ends_post"
    SUBORDINATE = "grammar.subordinate"
    CONCEDES = "grammar.concedes"
    OPENS_RELATIVE = "grammar.opens_relative"
    ENDS_ITEM = "grammar.ends_item"


class Told(StrEnum):
    """The table [told] of `speech.toml`."""

    RULED = "told.ruled"
    REPLIED = "told.replied"
    REACTED = "told.reacted"
    ANSWERED = "told.answered"
    DECIDED = "told.decided"
    CONCLUDED = "told.concluded"
    PROMISED = "told.promised"
    ANNOUNCED = "told.announced"
    JUDGED = "told.judged"


class Speech(StrEnum):
    """The table [speech] of `speech.toml`."""

    TELLS = "speech.tells"
    OPINION = "speech.opinion"
    INSTRUCTION = "speech.instruction"
    REPORTS = "speech.reports"
    OPENS_SUBJECT = "speech.opens_subject"
    LEANING = "speech.leaning"
    GIVEN = "speech.given"


class Tellers(StrEnum):
    """The table [tellers] of `speech.toml`."""

    CHILDREN = "tellers.children"
    FOSTER_CARERS = "tellers.foster_carers"
    FAMILIES = "tellers.families"
    STAFF = "tellers.staff"
    ADVISERS = "tellers.advisers"
    SCHOOLS = "tellers.schools"
    COUNCIL = "tellers.council"
    PARTNERS = "tellers.partners"
    POLICE = "tellers.police"
    ELECTED = "tellers.elected"
    TELLING = "tellers.telling"


class Addressed(StrEnum):
    """The table [addressed] of `speech.toml`."""

    REUSE = "addressed.reuse"
    MACHINE = "addressed.machine"
    ORDERED = "addressed.ordered"
    ANSWERING = "addressed.answering"
    ORDER = "addressed.order"


class Names(StrEnum):
    """The table [names] of `posts.toml`."""

    TITLE = "names.title"
    POST = "names.post"
    FORMER = "names.former"
    NO_PERSON = "names.no_person"


class Posts(StrEnum):
    """The table [posts] of `posts.toml`."""

    DIRECTOR = "posts.director"
    EXECUTIVE = "posts.executive"
    LEADER = "posts.leader"
    MEMBER = "posts.member"
    ASSISTANT = "posts.assistant"
    CHAIR = "posts.chair"
    IMPROVEMENT = "posts.improvement"
    OUTSIDE = "posts.outside"
    INSPECTOR = "posts.inspector"
    OTHER_BODY = "posts.other_body"
    BEGINNER = "posts.beginner"
    SAME_DIRECTOR = "posts.same_director"
    SAME_EXECUTIVE = "posts.same_executive"
    SAME_CHAIR = "posts.same_chair"
    SAME_MEMBER = "posts.same_member"
    SAME_HEAD = "posts.same_head"


class Grades(StrEnum):
    """The table [grades] of `inspection.toml`."""

    WHICH = "grades.which"
    OTHERWISE = "grades.otherwise"
    BETTER = "grades.better"
    WORSE = "grades.worse"
    RECALLED = "grades.recalled"


class Printed(StrEnum):
    """The table [printed] of `inspection.toml`."""

    IMPROVEMENTS_HEADING = "printed.improvements_heading"
    STRENGTHS_HEADING = "printed.strengths_heading"
    WEAKNESSES_HEADING = "printed.weaknesses_heading"
    DATES = "printed.dates"
    PREVIOUS_DATES = "printed.previous_dates"
    NO_OVERALL = "printed.no_overall"
    LEAD_INSPECTOR = "printed.lead_inspector"
    NEXT_INSPECTION = "printed.next_inspection"
    UNJUDGED = "printed.unjudged"


class Claims(StrEnum):
    """The table [claims] of `inspection.toml`."""

    JUDGES = "claims.judges"
    OCCASION = "claims.occasion"
    REPORT_OF_YEAR = "claims.report_of_year"
    LEAD_INSPECTOR = "claims.lead_inspector"
    PREVIOUS_DATES = "claims.previous_dates"
    NO_OVERALL = "claims.no_overall"
    ALL_AREAS = "claims.all_areas"


class Events(StrEnum):
    """The table [events] of `events.toml`."""

    APPOINTMENT = "events.appointment"
    DEPARTURE = "events.departure"
    ANNOUNCEMENT = "events.announcement"
    DECISION = "events.decision"
    INSPECTION = "events.inspection"
    OTHER = "events.other"
    NAMED_APPOINTMENT = "events.named_appointment"
    NAMED_DEPARTURE = "events.named_departure"
    NAMED_ANNOUNCEMENT = "events.named_announcement"
    NAMED_DECISION = "events.named_decision"
    NAMED_INSPECTION = "events.named_inspection"
    NAMED_OTHER = "events.named_other"
    VISIT = "events.visit"
    STATE = "events.state"
    LEANS = "events.leans"
    COMING = "events.coming"
    DEADLINE_COLUMN = "events.deadline_column"
    ELSEWHERE = "events.elsewhere"


class Findings(StrEnum):
    """The table [findings] of `packs.toml`."""

    PROCEDURAL = "findings.procedural"
    LEANS = "findings.leans"
    REFERS = "findings.refers"
    APART = "findings.apart"
    COUNCIL_ACTS = "findings.council_acts"
    NO_ABBREVIATION = "findings.no_abbreviation"


class Items(StrEnum):
    """The table [items] of `packs.toml`."""

    OBLIGES = "items.obliges"
    OPENS_CLAUSE = "items.opens_clause"
    OPENS_NOUN = "items.opens_noun"
    HOW = "items.how"
    PURPOSE = "items.purpose"
    NOT_KNOWN = "items.not_known"
    LEADING = "items.leading"
    DONE = "items.done"
    POINTS_BACK = "items.points_back"


class Words(StrEnum):
    """The table [words] of `words.toml`."""

    SERIES = "words.series"
    ASKING = "words.asking"
    LIGHT = "words.light"
    IDLE_DENIED = "words.idle_denied"
    DENIED_DEGREE = "words.denied_degree"
    LINKING = "words.linking"
    TURNED_ON = "words.turned_on"
    HOW_MANY = "words.how_many"
    REPORTING = "words.reporting"
    INSPECTS = "words.inspects"
    BE = "words.be"
    CLAUSE_OPENS = "words.clause_opens"
    NO_VOICE = "words.no_voice"
    CALENDAR = "words.calendar"
    SPEAKS_INSPECTION_REPORT = "words.speaks_inspection_report"
    SPEAKS_COUNCIL_DOCUMENT = "words.speaks_council_document"
    SPEAKS_NEWS = "words.speaks_news"
    SPEAKS_OTHER = "words.speaks_other"
    HEDGES = "words.hedges"
    OPENS_SENTENCE = "words.opens_sentence"
    OF_BODIES = "words.of_bodies"
    ENDS_UNIT = "words.ends_unit"
    PEOPLE = "words.people"
    NUMBER = "words.number"
    GENERIC = "words.generic"
    DEGREE = "words.degree"
    FILLER = "words.filler"
    TITLES = "words.titles"
    NOT_IN_A_NAME = "words.not_in_a_name"
    ASPECTS = "words.aspects"
    ALIKE = "words.alike"


class OtherNames(StrEnum):
    """The table [other_names] of `words.toml`."""

    UASC = "other_names.uasc"
    LAC = "other_names.lac"
    CLA = "other_names.cla"
    KIDS = "other_names.kids"
    CHILDREN = "other_names.children"
    COUNCILLORS = "other_names.councillors"
    PEOPLE = "other_names.people"
    YOUNGSTERS = "other_names.youngsters"
    STAFF = "other_names.staff"
    WORKERS = "other_names.workers"
    EHCPS = "other_names.ehcps"
    PUPILS = "other_names.pupils"
    LEAVERS = "other_names.leavers"


class Written(StrEnum):
    """The table [written]."""

    PASSAGE = "written.passage"
    BESIDE = "written.beside"
    ACCORDING = "written.according"
    SAYS = "written.says"
    CHATTER = "written.chatter"
    HEADING = "written.heading"
    REPLY = "written.reply"
    TITLE = "written.title"


class Backing(StrEnum):
    """The table [backing]."""

    CAUSE = "backing.cause"
    EFFECT_FOLLOWS = "backing.effect_follows"
    CAUSE_FOLLOWS = "backing.cause_follows"
    PURPOSE = "backing.purpose"
    COUNCIL = "backing.council"
    COUNCIL_LEANT_ON = "backing.council_leant_on"
    NOT_YET = "backing.not_yet"
    TO_BE_SEEN = "backing.to_be_seen"
    IS_SO = "backing.is_so"
    BENCHMARK = "backing.benchmark"
    THAN_ANOTHER = "backing.than_another"
    COMPARES = "backing.compares"
    IDLE = "backing.idle"
    CALLS = "backing.calls"
    WISHED = "backing.wished"
    OF_TIME = "backing.of_time"
    BEGAN = "backing.began"
    LOOKS_BACK = "backing.looks_back"


class Speakers(StrEnum):
    """The table [speakers]."""

    INSPECTION_REPORT = "speakers.inspection_report"
    COUNCIL_DOCUMENT = "speakers.council_document"
    WHEN = "speakers.when"
    FRAMED = "speakers.framed"
    ANOTHER = "speakers.another"
    NEWS = "speakers.news"
    SAYS = "speakers.says"
    OPINES = "speakers.opines"
    SAYS_NEXT = "speakers.says_next"
    THEY = "speakers.they"
    VIEWS = "speakers.views"


class Turns(StrEnum):
    """The table [turns]."""

    ONLY = "turns.only"
    NOT_ALL = "turns.not_all"
    ALL = "turns.all"
    SOME = "turns.some"
    MANY = "turns.many"
    MOST = "turns.most"
    FEW = "turns.few"
    MORE = "turns.more"
    LESS = "turns.less"
    NEARLY = "turns.nearly"
    PARTLY = "turns.partly"
    ONCE = "turns.once"
    TRIES = "turns.tries"
    BEFORE = "turns.before"
    AFTER = "turns.after"
    LESSER = "turns.lesser"
    UNTIL = "turns.until"
    TO_COME = "turns.to_come"
    OUGHT = "turns.ought"
    MAY_BE = "turns.may_be"


class Phrases(StrEnum):
    """The table [phrases]."""

    SAME = "phrases.same"
    WHO = "phrases.who"


class Rewording(StrEnum):
    """The table [rewording]."""

    SAME = "rewording.same"


class Opposites(StrEnum):
    """The table [opposites]."""

    PAIRS = "opposites.pairs"


class Section(StrEnum):
    """The table [section] of `status.toml`."""

    COMPLAINT = "section.complaint"
    REQUEST = "section.request"
    PETITION = "section.petition"
    LETTER = "section.letter"
    EDITOR = "section.editor"


class Status(StrEnum):
    """The table [status] of `status.toml`."""

    ALLEGED = "status.alleged"
    TOLD = "status.told"
    OWNED = "status.owned"
    DENIED = "status.denied"
    DENIED_BEFORE = "status.denied_before"
    ASKED = "status.asked"
    CORRECTED = "status.corrected"
    EVIDENCE = "status.evidence"
    TAKEN_BACK = "status.taken_back"
    RECOMMENDED = "status.recommended"
    PLANNED = "status.planned"
    FORECAST = "status.forecast"
    OPTION = "status.option"
    TURNED_DOWN = "status.turned_down"
    NOT_TAKEN = "status.not_taken"
    MOTION = "status.motion"
    LOST = "status.lost"
    CARRIED = "status.carried"


class SpeakersOf(StrEnum):
    """The table [speakers_of] of `status.toml`."""

    RECORD = "speakers_of.record"
    CLAUSE = "speakers_of.clause"
    OF_VERB = "speakers_of.of_verb"
    COUNCIL_DOCUMENT = "speakers_of.council_document"
    NEWS = "speakers_of.news"
    INSPECTION_REPORT = "speakers_of.inspection_report"
