"""The names of the word lists, a class for each table of the `*.toml` beside this file."""

from __future__ import annotations

from enum import StrEnum


class Asks(StrEnum):
    """The table [asks]."""

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
    COUNCILS = "asks.councils"
    INSPECTED = "asks.inspected"
    LED = "asks.led"
    OTHER_INSPECTORATE = "asks.other_inspectorate"
    MOVES = "asks.moves"
    FOUND_TO_BE = "asks.found_to_be"
    LARGER = "asks.larger"


class Tone(StrEnum):
    """The table [tone]."""

    SEEKS_FAULT = "tone.seeks_fault"
    SEEKS_PRAISE = "tone.seeks_praise"
    FAULT = "tone.fault"
    DOUBT = "tone.doubt"
    PRAISE = "tone.praise"


class Grades(StrEnum):
    """The table [grades]."""

    WHICH = "grades.which"
    OTHERWISE = "grades.otherwise"
    BETTER = "grades.better"
    WORSE = "grades.worse"
    RECALLED = "grades.recalled"


class Printed(StrEnum):
    """The table [printed]."""

    IMPROVEMENTS_HEADING = "printed.improvements_heading"
    FURTHER = "printed.further"
    DATES = "printed.dates"
    PREVIOUS_DATES = "printed.previous_dates"
    NO_OVERALL = "printed.no_overall"
    LEAD_INSPECTOR = "printed.lead_inspector"
    UNJUDGED = "printed.unjudged"


class Scope(StrEnum):
    """The table [scope]."""

    LATEST = "scope.latest"
    PRESENT = "scope.present"
    BEFORE = "scope.before"
    SEND = "scope.send"
    NEWS = "scope.news"
    COUNCIL_DOCUMENT = "scope.council_document"
    INSPECTORS_TOO = "scope.inspectors_too"
    INSPECTION_REPORT = "scope.inspection_report"


class Sides(StrEnum):
    """The table [sides]."""

    COMPARES = "sides.compares"
    OVER_TIME = "sides.over_time"
    LAST_TWO = "sides.last_two"
    PRESS = "sides.press"
    REPORT = "sides.report"


class Premises(StrEnum):
    """The table [premises]."""

    WHY = "premises.why"
    DOWN = "premises.down"
    UP = "premises.up"
    LIKED = "premises.liked"
    RESIGNED = "premises.resigned"
    NOT_SO = "premises.not_so"
    DISLIKED = "premises.disliked"
    FUTURE = "premises.future"
    INSPECTORS = "premises.inspectors"


class Told(StrEnum):
    """The table [told]."""

    RULED = "told.ruled"
    REPLIED = "told.replied"
    REACTED = "told.reacted"
    ANSWERED = "told.answered"
    DECIDED = "told.decided"
    CONCLUDED = "told.concluded"
    PROMISED = "told.promised"
    ANNOUNCED = "told.announced"
    JUDGED = "told.judged"


class Follow(StrEnum):
    """The table [follow]."""

    OPENS = "follow.opens"
    PRONOUN = "follow.pronoun"
    POINTS_BACK = "follow.points_back"
    NEXT = "follow.next"
    COMPARES = "follow.compares"


class Sentence(StrEnum):
    """The table [sentence]."""

    LEANS = "sentence.leans"
    TURNS = "sentence.turns"


class Counted(StrEnum):
    """The table [counted]."""

    ENDS = "counted.ends"


class OtherNames(StrEnum):
    """The table [other_names]."""

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


class Numbers(StrEnum):
    """The table [numbers]."""

    EARLIER = "numbers.earlier"
    AT_LEAST = "numbers.at_least"
    AT_MOST = "numbers.at_most"
    ABOUT = "numbers.about"
    LASTING = "numbers.lasting"
    NONE = "numbers.none"


class Direction(StrEnum):
    """The table [direction]."""

    UP = "direction.up"
    DOWN = "direction.down"
    BETTER = "direction.better"
    WORSE = "direction.worse"
    WISHED = "direction.wished"


class Negation(StrEnum):
    """The table [negation]."""

    DENIES = "negation.denies"
    DENIES_BEFORE = "negation.denies_before"
    IDLE = "negation.idle"


class Quantifiers(StrEnum):
    """The table [quantifiers]."""

    NOT_ALL = "quantifiers.not_all"
    NONE = "quantifiers.none"
    FEW = "quantifiers.few"
    SOME = "quantifiers.some"
    MANY = "quantifiers.many"
    MOST = "quantifiers.most"
    ALL = "quantifiers.all"


class Stance(StrEnum):
    """The table [stance]."""

    PRAISE = "stance.praise"
    FAULT = "stance.fault"


class Names(StrEnum):
    """The table [names]."""

    TITLE = "names.title"
    POST = "names.post"
    FORMER = "names.former"
    NO_PERSON = "names.no_person"
    SPEECH = "names.speech"


class Claims(StrEnum):
    """The table [claims]."""

    JUDGES = "claims.judges"
    OCCASION = "claims.occasion"
    LEAD_INSPECTOR = "claims.lead_inspector"
    PREVIOUS_DATES = "claims.previous_dates"
    NO_OVERALL = "claims.no_overall"
    ALL_AREAS = "claims.all_areas"


class Given(StrEnum):
    """The table [given]."""

    EXTREMES = "given.extremes"


class Speech(StrEnum):
    """The table [speech]."""

    TELLS = "speech.tells"
    OPINION = "speech.opinion"
    INSTRUCTION = "speech.instruction"
    REPORTS = "speech.reports"
    OPENS_SUBJECT = "speech.opens_subject"
    LEANING = "speech.leaning"


class Addressed(StrEnum):
    """The table [addressed]."""

    MACHINE = "addressed.machine"
    ORDER = "addressed.order"


class Alike(StrEnum):
    """The table [alike]."""

    WORDS = "alike.words"


class Words(StrEnum):
    """The table [words]."""

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


class NotInAName(StrEnum):
    """The table [not_in_a_name]."""

    WORDS = "not_in_a_name.words"


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
    BY_INSPECTORS = "backing.by_inspectors"
    BY = "backing.by"


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


class Events(StrEnum):
    """The table [events]."""

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
    BEGINNER = "events.beginner"
    VISIT = "events.visit"
    POST_DIRECTOR = "events.post_director"
    POST_EXECUTIVE = "events.post_executive"
    POST_CHAIR = "events.post_chair"
    POST_MEMBER = "events.post_member"
    POST_HEAD = "events.post_head"
    STATE = "events.state"
    OPENS_LEANING = "events.opens_leaning"
    LEANS = "events.leans"
    COMING = "events.coming"
    DEADLINE_COLUMN = "events.deadline_column"
    BREAKS = "events.breaks"
    FINITE = "events.finite"
    NO_EVENT = "events.no_event"
    ELSEWHERE = "events.elsewhere"


class Posts(StrEnum):
    """The table [posts]."""

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
    ENDS = "posts.ends"


class Findings(StrEnum):
    """The table [findings]."""

    PROCEDURAL = "findings.procedural"
    LEANS = "findings.leans"
    WEIGHTY = "findings.weighty"
    SLIGHT = "findings.slight"
    MEANT = "findings.meant"
    STRENGTH = "findings.strength"
    WEAKNESS = "findings.weakness"
    NEGATION = "findings.negation"
    IDLE = "findings.idle"
    SUBORDINATE = "findings.subordinate"
    CONCEDES = "findings.concedes"
    REFERS = "findings.refers"


class Glossary(StrEnum):
    """The table [glossary]."""

    NO_ABBREVIATION = "glossary.no_abbreviation"


class Disagreements(StrEnum):
    """The table [disagreements]."""

    APART = "disagreements.apart"


class Doing(StrEnum):
    """The table [doing]."""

    ACTS = "doing.acts"


class Items(StrEnum):
    """The table [items]."""

    OBLIGES = "items.obliges"
    OPENS_CLAUSE = "items.opens_clause"
    OPENS_NOUN = "items.opens_noun"
    RELATIVE = "items.relative"
    FINITE = "items.finite"
    HOW = "items.how"
    PURPOSE = "items.purpose"


class Aspects(StrEnum):
    """The table [aspects]."""

    WORDS = "aspects.words"


class Since(StrEnum):
    """The table [since]."""

    UNFINISHED = "since.unfinished"
    NO_FAULT = "since.no_fault"
    EASED = "since.eased"
    MIXED = "since.mixed"


class Enquiry(StrEnum):
    """The table [enquiry]."""

    NOT_KNOWN = "enquiry.not_known"
    LEADING = "enquiry.leading"
    DONE = "enquiry.done"
    REFERS = "enquiry.refers"
    MORE_IS_WORSE = "enquiry.more_is_worse"
    LESS_IS_WORSE = "enquiry.less_is_worse"


class Subject(StrEnum):
    """The table [subject]."""

    REPORT = "subject.report"
    IDLE = "subject.idle"
