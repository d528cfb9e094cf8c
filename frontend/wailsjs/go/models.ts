export namespace activity {
	
	export interface ActorView {
	    id: string;
	    name: string;
	}
	export interface Amount {
	    n: number;
	    more: boolean;
	}
	export interface BreakView {
	    damage: string;
	    number: number;
	    count: number;
	    at: string;
	}
	export interface CatalogueView {
	    products: string[];
	    actions: string[];
	    groups: string[];
	    results: string[];
	    fields: string[];
	}
	export interface ChoiceView {
	    field: string;
	    word: string;
	    rows: number;
	    taken: string;
	}
	export interface Mark {
	    before: string;
	    n: number;
	}
	export interface Count {
	    matching: Amount;
	    total: Amount;
	    apart: number;
	    marks: Mark[];
	}
	export interface DayView {
	    date: string;
	    count: number;
	    gap: boolean;
	}
	export interface EntryView {
	    id: string;
	    number: number;
	    at: string;
	    accountId: string;
	    account: string;
	    organizationId: string;
	    product: string;
	    action: string;
	    objectId: string;
	    object: string;
	    result: string;
	    session: string;
	    personId: string;
	    old: string;
	    new: string;
	    hidden: string;
	    imported: boolean;
	    source: string;
	    hash: string;
	}
	export interface ExportInput {
	    format: string;
	    language: string;
	}
	export interface ExportedView {
	    name: string;
	    count: number;
	}
	export interface RejectedView {
	    line: number;
	    field: string;
	    reason: string;
	    raw: string;
	}
	export interface ImportedView {
	    id: string;
	    rows: number;
	    added: number;
	    duplicates: number;
	    rejected: number;
	    leftOut: number;
	    firstRejected: RejectedView[];
	    samples: EntryView[];
	}
	export interface MappingInput {
	    source: string;
	    columns: Record<string, string>;
	    fixed: Record<string, string>;
	    words: Record<string, any>;
	    order: string;
	}
	
	export interface OutlineView {
	    columns: string[];
	    suggested: MappingInput;
	    known: boolean;
	    samples: string[][];
	}
	export interface TermView {
	    key: string;
	    not: boolean;
	    values: string[];
	    exact: boolean;
	    problem: string;
	    text: string;
	}
	export interface QueryView {
	    text: string;
	    terms: TermView[];
	}
	export interface PageView {
	    query: QueryView;
	    entries: EntryView[];
	    bound: number;
	    next: string;
	}
	
	
	export interface ReportView {
	    ok: boolean;
	    checked: number;
	    broken: number;
	    breaks: BreakView[];
	    sealing: string;
	    sealedTo: number;
	}
	export interface SavedView {
	    id: string;
	    name: string;
	    query: string;
	    new: Amount;
	}
	export interface SearchInput {
	    scope: string;
	    query: string;
	    locale: string;
	    bound: number;
	}
	export interface SurveyView {
	    rows: number;
	    choices: ChoiceView[];
	    more: Record<string, number>;
	    questions: input.Question[];
	}

}

export namespace app {
	
	export interface BackupView {
	    name: string;
	    at: string;
	    program: string;
	    computer: string;
	    other: boolean;
	    present: boolean;
	    secrets: string;
	    password: boolean;
	    differences: safety.DifferenceView[];
	}
	export interface KnownView {
	    size: string;
	    written: string;
	    opened: string;
	    closed: string;
	    sent: string;
	    whole: string[];
	    broken: string[];
	}
	export interface OpenedView {
	    kind: string;
	    path: string;
	    name: string;
	    data: string;
	}
	export interface VersionView {
	    id: string;
	    at: string;
	    computer: string;
	    branch: boolean;
	}
	export interface ReplicaView {
	    computer: string;
	    since: string;
	    here: boolean;
	    closed: boolean;
	    versions: VersionView[];
	}
	export interface StartNote {
	    without: string;
	    path: string;
	}
	export interface SystemView {
	    version: string;
	    workspace: string;
	    logs: string;
	    sample: boolean;
	    password: string;
	    leftOpen: boolean;
	    speaks: string;
	    writes: string;
	    fault: string;
	    look: string;
	    beside: string;
	    synced: string;
	    altered: string;
	    notes: StartNote[];
	}

}

export namespace backup {
	
	export interface ScheduleView {
	    every: string;
	    folder: string;
	    keep: number;
	}
	export interface StateView {
	    schedule: ScheduleView;
	    known: boolean;
	    keeps: number[];
	    last: string;
	    name: string;
	    folder: string;
	    size: string;
	    failed: string;
	    fault: string;
	    minPassphrase: number;
	}

}

export namespace branding {
	
	export interface ApprovalView {
	    person: string;
	    on: string;
	    recordedAt: string;
	    digest: string;
	    draft: boolean;
	    set: boolean;
	}
	export interface GroundView {
	    theme: string;
	    place: string;
	    color: string;
	    own: boolean;
	}
	export interface HintView {
	    hint: string;
	    serious: boolean;
	    theme: string;
	    lost: boolean;
	    figure: string;
	    repairs: string[];
	}
	export interface Limits {
	    maxKilobytes: number;
	    squareSide: number;
	    rectangularHeight: number;
	    minRatio: number;
	    maxRatio: number;
	}
	export interface MeasureView {
	    theme: string;
	    place: string;
	    ratio: string;
	    least: boolean;
	    grade: string;
	}
	export interface MetadataView {
	    kind: string;
	    value: string;
	}
	export interface LogoView {
	    id: string;
	    originId: string;
	    slot: string;
	    repairs: string[];
	    name: string;
	    drawn: boolean;
	    sha256: string;
	    width: number;
	    height: number;
	    ratio: string;
	    bytes: number;
	    format: string;
	    animated: boolean;
	    transparent: string;
	    ownGround: boolean;
	    border: number[];
	    profile: string;
	    converted: boolean;
	    metadata: MetadataView[];
	    turned: number;
	    contrast: MeasureView[];
	    advice: HintView[];
	}
	export interface LookView {
	    square: string;
	    squareId: string;
	    rectangularId: string;
	}
	export interface MatchView {
	    match: string;
	    name: string;
	}
	
	
	export interface ReadyView {
	    name: string;
	    slot: string;
	    density: number;
	    width: number;
	    height: number;
	    bytes: number;
	    sha256: string;
	}
	export interface ShownView {
	    square: string;
	    rectangular: string;
	}
	export interface StateView {
	    organizationId: string;
	    name: string;
	    set: LookView;
	    draft: LookView;
	    changed: boolean;
	    step: number;
	    canUndo: boolean;
	    logos: LogoView[];
	    initials: MeasureView[];
	    repairs: string[];
	    limits: Limits;
	    defaultLimits: Limits;
	    grounds: GroundView[];
	    digest: string;
	    setNotedAt: string;
	    approval: ApprovalView;
	}

}

export namespace bridge {
	
	export interface JobView {
	    id: string;
	    name: string;
	    state: string;
	    done: number;
	    total: number;
	    fault: string;
	}
	export interface Money {
	    amount: string;
	    currency: string;
	}
	export interface Target {
	    title: string;
	    name: string;
	    locale: string;
	}
	export interface Upload {
	    data: string;
	    mapping: input.Mapping;
	}

}

export namespace client {
	
	export interface ActionView {
	    action: string;
	    denied: string;
	}
	export interface Address {
	    addressee: string;
	    street: string;
	    extra: string;
	    postcode: string;
	    place: string;
	    country: string;
	}
	export interface ChangeView {
	    at: string;
	    person: string;
	    kind: string;
	    access: string;
	    wallet: boolean;
	    count: number;
	}
	export interface ClientGain {
	    id: string;
	    gain: bridge.Money[];
	}
	export interface CollaboratorView {
	    accountId: string;
	    name: string;
	    allowed: boolean;
	}
	export interface ConditionInput {
	    category: string;
	    partner: string;
	    discount: string;
	    own: string;
	    currency: string;
	}
	export interface Contact {
	    id: string;
	    name: string;
	    salutation: string;
	    roles: string[];
	    email: string;
	    phone: string;
	}
	export interface ContactView {
	    id: string;
	    name: string;
	    salutation: string;
	    roles: string[];
	    email: string;
	    phone: string;
	    phoneText: string;
	}
	export interface CountedView {
	    what: string;
	    count: number;
	}
	export interface ProductChoice {
	    book: string;
	    line: string;
	    product: string;
	    name: string;
	    price: bridge.Money;
	    per: string;
	}
	export interface MonthView {
	    first: string;
	    expected: bridge.Money;
	    received: bridge.Money;
	}
	export interface OrderView {
	    id: string;
	    number: string;
	    on: string;
	    to: string;
	    product: string;
	    name: string;
	    operation: string;
	    orders: string;
	    quantity: string;
	    public: bridge.Money;
	    rate: string;
	    degressive: string;
	    net: bridge.Money;
	    vat: bridge.Money;
	    charged: bridge.Money;
	    list: string;
	    listFrom: string;
	    held: boolean;
	    payer: string;
	    gainKind: string;
	    gain: bridge.Money;
	    status: string;
	    dueOn: string;
	    entry: number;
	    cameOn: string;
	    came: bridge.Money;
	}
	export interface Product {
	    name: string;
	    family: string;
	    technical?: boolean;
	    statistics?: boolean;
	}
	export interface Rights {
	    access: string;
	    wallet: boolean;
	    products: Product[];
	}
	export interface DashboardView {
	    id: string;
	    name: string;
	    place: string;
	    number: string;
	    granted: Rights;
	    payer: string;
	    since: string;
	    actions: ActionView[];
	    orders: OrderView[];
	    months: MonthView[];
	    products: ProductChoice[];
	}
	export interface DetailsInput {
	    name: string;
	    place: string;
	    number: string;
	    legalName: string;
	    website: string;
	    language: string;
	    country: string;
	    currency: string;
	    vatNumber: string;
	    private: boolean;
	    vat: string;
	    tags: string[];
	    invoice: Address;
	    delivery: Address;
	    known: boolean;
	}
	export interface Input {
	    name: string;
	    place: string;
	    number: string;
	    legalName: string;
	    website: string;
	    language: string;
	    country: string;
	    currency: string;
	    vatNumber: string;
	    private: boolean;
	    vat: string;
	    tags: string[];
	    invoice: Address;
	    delivery: Address;
	    known: boolean;
	    rights: Rights;
	}
	export interface DoubleView {
	    line: number;
	    id: string;
	    name: string;
	    place: string;
	    file: Input;
	    decided: string;
	}
	export interface EntryView {
	    id: string;
	    name: string;
	    place: string;
	    state: string;
	    since: string;
	    asked: string;
	    granted: string;
	    payer: string;
	    difference: string;
	    missing: number;
	    products: number;
	}
	export interface Target {
	    title: string;
	    name: string;
	}
	export interface ExportInput {
	    target: Target;
	    language: string;
	    kind: string;
	    what: string;
	}
	export interface NotedView {
	    id: string;
	    ofQuote: string;
	    number: string;
	    on: string;
	    product: string;
	    name: string;
	    lines: number;
	    expected: bridge.Money;
	    charged: bridge.Money;
	    more: bridge.Money;
	    open: number;
	}
	export interface GainView {
	    first: string;
	    amount: bridge.Money;
	}
	export interface FiguresView {
	    gain: bridge.Money[];
	    year: bridge.Money[];
	    charged: bridge.Money[];
	    renews: string;
	    months: GainView[];
	    orders: NotedView[];
	}
	
	export interface GainsView {
	    clients: ClientGain[];
	    total: bridge.Money[];
	}
	export interface ImportInput {
	    data: string;
	    mapping: input.Mapping;
	    unnamed: string;
	    decided: Record<string, string>;
	}
	export interface ImportedView {
	    added: number;
	    replaced: number;
	    doubles: DoubleView[];
	    rejected: input.Rejected[];
	    first: Input[];
	}
	
	export interface InvitationView {
	    id: string;
	    madeAt: string;
	    expiresAt: string;
	    mailedTo: string;
	    mailState: string;
	}
	export interface ListView {
	    clients: EntryView[];
	    active: number;
	    pending: number;
	    listed: number;
	    less: number;
	    past: number;
	}
	export interface UnlikeView {
	    field: string;
	    keep: string;
	    gone: string;
	}
	export interface NameView {
	    id: string;
	    name: string;
	}
	export interface MergeView {
	    keep: NameView;
	    gone: NameView;
	    keepVersion: number;
	    goneVersion: number;
	    filled: string[];
	    lost: UnlikeView[];
	    moved: CountedView[];
	    takesOver: boolean;
	    dropped: boolean;
	    sameOrders: string[];
	}
	
	
	export interface NewOrder {
	    number: string;
	    on: string;
	    book: string;
	    line: string;
	    quantity: string;
	    months: number;
	    operation: string;
	    orders: string;
	    vat: string;
	    charged: string;
	    dueOn: string;
	}
	export interface NoteView {
	    id: string;
	    at: string;
	    person: string;
	    own: boolean;
	    text: string;
	    changedAt: string;
	    version: number;
	}
	
	export interface OpenItemsView {
	    quotes: number;
	    cashback: number;
	    sums: bridge.Money[];
	}
	
	export interface PartnerView {
	    id: string;
	    name: string;
	    fingerprint: string;
	    refused: boolean;
	    granted: Rights;
	    at: string;
	}
	
	
	export interface RunningView {
	    on: string;
	    product: string;
	    name: string;
	    quantity: string;
	    months: number;
	    payer: string;
	    offer: bridge.Money;
	    earned: bridge.Money;
	    list: string;
	    listFrom: string;
	    order: string;
	    number: string;
	    ofQuote: boolean;
	}
	export interface ProductsView {
	    list: RunningView[];
	    found: number;
	}
	export interface VATView {
	    treatment: string;
	    country: string;
	    rate: string;
	    source: string;
	    checked: string;
	    ground: string;
	    sentence: string;
	}
	export interface RecordView {
	    details: DetailsInput;
	    vat: VATView;
	    contacts: ContactView[];
	    paymentDays: number;
	    conditions: ConditionInput[];
	    notes: NoteView[];
	}
	
	
	export interface ShortlistView {
	    clients: NameView[];
	    all: number;
	}
	export interface SignedView {
	    kind: string;
	    from: string;
	    fingerprint: string;
	    seen: boolean;
	    otherKey: boolean;
	    client: string;
	    asked: Rights;
	    granted: Rights;
	    refused: boolean;
	    madeAt: string;
	    expiresAt: string;
	}
	export interface SuspicionView {
	    by: string;
	    clients: EntryView[];
	}
	
	
	
	export interface View {
	    id: string;
	    name: string;
	    place: string;
	    number: string;
	    state: string;
	    since: string;
	    asked: Rights;
	    askedAt: string;
	    granted: Rights;
	    grantedOn: string;
	    grantedBy: string;
	    signer: string;
	    fingerprint: string;
	    invitation: InvitationView;
	    mailReady: boolean;
	    payer: string;
	    paidSince: string;
	    difference: string;
	    missing: number;
	    version: number;
	    history: ChangeView[];
	    collaborators: CollaboratorView[];
	    record: RecordView;
	}

}

export namespace derivation {
	
	export interface Step {
	    kind: string;
	    rule: string;
	    formula: string;
	    operands: string[];
	    factor: string;
	    exact: string;
	    rounded: bridge.Money;
	}

}

export namespace expiry {
	
	export interface Date {
	    kind: string;
	    name: string;
	    place: string;
	    ends: string;
	    note: string;
	}
	export interface EntryView {
	    key: string;
	    kind: string;
	    name: string;
	    service: string;
	    place: string;
	    organization: string;
	    ends: string;
	    days: number;
	    noted: string;
	    note: string;
	    pays: string;
	    status: string;
	    means: string;
	    paying: number;
	    price: bridge.Money;
	    source: string;
	    at: string;
	    stale: boolean;
	    renewable: boolean;
	    date: string;
	    version: number;
	    route: string;
	}
	export interface FileInput {
	    title: string;
	    name: string;
	    format: string;
	    locale: string;
	}
	export interface GroupView {
	    place: string;
	    name: string;
	}
	export interface WeekView {
	    from: string;
	    paid: number;
	    unpaid: number;
	    unclear: number;
	    nothing: number;
	}
	export interface PlaceView {
	    id: string;
	    name: string;
	    currency: string;
	}
	export interface ListView {
	    today: string;
	    rows: EntryView[];
	    total: number;
	    place: number;
	    all: number;
	    groups: GroupView[];
	    places: PlaceView[];
	    weeks: WeekView[];
	    known: number;
	    unknown: number;
	    sum: bridge.Money[];
	    open: bridge.Money[];
	    stale: number;
	    oldest: string;
	}
	export interface NewRenewal {
	    place: string;
	    amount: string;
	    months: string;
	    automatic: boolean;
	}
	
	export interface QueryInput {
	    text: string;
	    place: string;
	    kind: string;
	    from: string;
	    until: string;
	    sort: string;
	    down: boolean;
	    offset: number;
	    limit: number;
	    of: string;
	}

}

export namespace find {
	
	export interface Hit {
	    id: string;
	    title: string;
	    params: Record<string, string>;
	    route: string;
	}

}

export namespace firststart {
	
	export interface BeginInput {
	    firstName: string;
	    lastName: string;
	    loginEmail: string;
	    language: string;
	    organizationName: string;
	    invited: boolean;
	    invitationCode: string;
	    country: string;
	    password: string;
	    stay: boolean;
	}
	export interface RecoveryCodesView {
	    codes: string[];
	}

}

export namespace frame {
	
	export interface OrganizationView {
	    id: string;
	    name: string;
	    country: string;
	    currency: string;
	    role: string;
	}
	export interface CurrentView {
	    signedIn: boolean;
	    anyAccount: boolean;
	    anySso: boolean;
	    lastEmail: string;
	    accountId: string;
	    firstName: string;
	    lastName: string;
	    loginEmail: string;
	    language: string;
	    timeZone: string;
	    avatar: string;
	    organizationId: string;
	    organizations: OrganizationView[];
	    capabilities: string[];
	    bound: boolean;
	}

}

export namespace home {
	
	export interface AnsweredView {
	    key: string;
	    news: string;
	    area: string;
	    kind: string;
	    urgency: string;
	    params: Record<string, string>;
	    at: string;
	    route: string;
	    until: string;
	    said: string;
	}
	export interface StepView {
	    kind: string;
	    done: boolean;
	    missing: string[];
	}
	export interface FactView {
	    kind: string;
	    count: number;
	    hidden: boolean;
	}
	export interface LineView {
	    key: string;
	    news: string;
	    area: string;
	    kind: string;
	    urgency: string;
	    params: Record<string, string>;
	    at: string;
	    route: string;
	}
	export interface BoardView {
	    state: string;
	    lines: LineView[];
	    next: LineView[];
	    later: AnsweredView[];
	    dealt: AnsweredView[];
	    tasks: number;
	    facts: FactView[];
	    steps: StepView[];
	    hidden: boolean;
	}
	
	

}

export namespace input {
	
	export interface Mapping {
	    columns: Record<string, number>;
	    decimal: string;
	    order: string;
	}
	export interface Reading {
	    answer: string;
	    value: string;
	}
	export interface Question {
	    about: string;
	    line: number;
	    text: string;
	    choices: Reading[];
	    count: number;
	}
	export interface Outline {
	    columns: string[];
	    fields: string[];
	    required: string[];
	    mapping: Mapping;
	    questions: Question[];
	    sample: string[][];
	    rows: number;
	}
	
	
	export interface Rejected {
	    line: number;
	    field: string;
	    code: string;
	    params?: Record<string, string>;
	    cells: string[];
	}

}

export namespace leaving {
	
	export interface Count {
	    kind: string;
	    count: number;
	}
	export interface Obstacle {
	    kind: string;
	    organizationId: string;
	    name: string;
	}
	export interface DryRunView {
	    obstacles: Obstacle[];
	    goes: Count[];
	    stays: Count[];
	    copies: number;
	    until: string;
	    asked: number;
	    minPassphrase: number;
	    backups: number;
	    oldest: string;
	    newest: string;
	    where: string;
	    replica: string;
	}
	export interface Entry {
	    name: string;
	    bytes: number;
	    sha256: string;
	}
	export interface KitView {
	    name: string;
	    files: Entry[];
	}

}

export namespace mail {
	
	export interface MessageView {
	    id: string;
	    to: string;
	    subject: string;
	    files: number;
	    state: string;
	    queuedAt: string;
	    changedAt: string;
	    tries: number;
	    nextAt: string;
	    giveUpAt: string;
	    reason: string;
	    detail: string;
	}
	export interface ServerInput {
	    host: string;
	    port: number;
	    security: string;
	    user: string;
	    password: string;
	    from: string;
	}
	export interface View {
	    on: boolean;
	    host: string;
	    port: number;
	    security: string;
	    user: string;
	    hasPassword: boolean;
	    from: string;
	    reason: string;
	    detail: string;
	    since: string;
	    nextAt: string;
	    mayEdit: boolean;
	}

}

export namespace manager {
	
	export interface TaskView {
	    id: string;
	    kind: string;
	    ref: string;
	    page: string;
	    params: Record<string, string>;
	    notedAt: string;
	    outcome: string;
	    closedAt: string;
	    final: boolean;
	}

}

export namespace mirror {
	
	export interface RefusalView {
	    field: string;
	    text: string;
	}
	export interface ValueView {
	    known: boolean;
	    text: string;
	    id: number;
	    code: string;
	    on: boolean;
	    number: number;
	}
	export interface EditView {
	    id: string;
	    kind: string;
	    act: string;
	    field: string;
	    name: string;
	    account: string;
	    accountName: string;
	    zone: string;
	    state: string;
	    base: ValueView;
	    mine: ValueView;
	    theirs: ValueView;
	    baseAt: string;
	    theirsAt: string;
	    createdAt: string;
	    changedAt: string;
	    sentAt: string;
	    nextAt: string;
	    reason: string;
	    scope: string;
	    detail: string;
	    requestId: string;
	    refusals: RefusalView[];
	    secret: boolean;
	    may: string[];
	}
	export interface AddressView {
	    id: string;
	    text: string;
	    type: string;
	    checked: boolean;
	    reminder: boolean;
	    pending: boolean;
	    login: boolean;
	    edit: EditView;
	}
	export interface StandView {
	    kind: string;
	    since: string;
	    reason: string;
	    scope: string;
	}
	export interface AreaView {
	    area: string;
	    account: string;
	    accountName: string;
	    verdict: string;
	    scopes: string[];
	    http: number;
	    code: string;
	    requestId: string;
	    stand: StandView;
	    rows: number;
	    seen: number;
	    total: number;
	    unreadable: number;
	    checkedAt: string;
	    everyMin: number;
	    onOpening: boolean;
	}
	export interface RecordView {
	    id: string;
	    source: string;
	    type: string;
	    target: string;
	    ttl: number;
	    edit: EditView;
	}
	export interface ChangeView {
	    key: string;
	    kind: string;
	    before: RecordView;
	    after: RecordView;
	}
	export interface DifferenceView {
	    field: string;
	    here: string;
	    there: string;
	    may: boolean;
	}
	export interface SuggestionView {
	    choice: string;
	    id: string;
	    name: string;
	    why: string;
	}
	export interface OrganizationView {
	    id: string;
	    name: string;
	    type: string;
	    legal: string;
	    partner: boolean;
	    products: number;
	    vatNumber: string;
	    country: string;
	    address: string;
	    logo: string;
	    goneSince: string;
	    choice: string;
	    linkedId: string;
	    linkedTo: string;
	    currency: string;
	    suggested: SuggestionView[];
	    differences: DifferenceView[];
	}
	export interface PersonView {
	    remoteId: string;
	    name: string;
	    email: string;
	    here: string;
	    other: boolean;
	}
	export interface CheckView {
	    id: string;
	    person: PersonView;
	    same: boolean;
	    another: boolean;
	    requests: number;
	    left: number;
	    areas: AreaView[];
	    organizations: OrganizationView[];
	}
	export interface ChoiceInput {
	    account: string;
	    choice: string;
	    localId: string;
	    currency: string;
	}
	export interface ChoiceView {
	    id: number;
	    code: string;
	    name: string;
	}
	export interface ChoicesView {
	    languages: ChoiceView[];
	    countries: ChoiceView[];
	    timezones: ChoiceView[];
	    readAt: string;
	}
	export interface SnapshotView {
	    id: string;
	    zone: string;
	    takenAt: string;
	    seenAt: string;
	    why: string;
	    records: number;
	    changes: number;
	}
	export interface ComparisonView {
	    older: SnapshotView;
	    newer: SnapshotView;
	    changes: ChangeView[];
	    same: number;
	}
	export interface ConnectInput {
	    check: string;
	    choices: ChoiceInput[];
	}
	export interface CountView {
	    kind: string;
	    count: number;
	}
	
	export interface DisconnectInput {
	    password: string;
	    erase: boolean;
	}
	export interface EndView {
	    on: string;
	    days: number;
	}
	export interface DomainView {
	    id: string;
	    name: string;
	    account: string;
	    accountName: string;
	    tld: string;
	    end: EndView;
	    created: string;
	    status: string[];
	    premium: boolean;
	    options: string[];
	    goneSince: string;
	    stand: StandView;
	}
	export interface DomainsView {
	    stand: StandView;
	    domains: DomainView[];
	}
	export interface DriveView {
	    id: string;
	    account: string;
	    accountName: string;
	    name: string;
	    on: boolean;
	    events: number;
	    newest: string;
	    oldest: string;
	    stand: StandView;
	    goneSince: string;
	}
	export interface DrivesView {
	    stand: StandView;
	    drives: DriveView[];
	}
	
	
	export interface EventView {
	    number: string;
	    drive: string;
	    driveName: string;
	    at: string;
	    action: string;
	    actor: string;
	    path: string;
	    before: string;
	    source: string;
	    place: string;
	}
	export interface EventsInput {
	    drive: string;
	    text: string;
	    from: string;
	    until: string;
	    before: string;
	}
	export interface EventsView {
	    stand: StandView;
	    drives: DriveView[];
	    events: EventView[];
	    next: string;
	}
	export interface ExpiryView {
	    kind: string;
	    id: string;
	    name: string;
	    service: string;
	    account: string;
	    accountName: string;
	    accountType: string;
	    linkedId: string;
	    clientId: string;
	    end: EndView;
	    stand: StandView;
	}
	export interface ValueInput {
	    text: string;
	    id: number;
	    on: boolean;
	    number: string;
	}
	export interface FieldChange {
	    field: string;
	    value: ValueInput;
	    read: ValueInput;
	}
	export interface FieldView {
	    field: string;
	    value: ValueView;
	    edit: EditView;
	}
	export interface InvitationInput {
	    account: string;
	    email: string;
	    firstName: string;
	    lastName: string;
	    locale: string;
	    role: string;
	    billing: boolean;
	    noteBilling: boolean;
	    noteProducts: boolean;
	    teams: string[];
	    silent: boolean;
	    evenIfInvited: boolean;
	}
	export interface InvitationView {
	    id: string;
	    account: string;
	    email: string;
	    name: string;
	    role: string;
	    status: string;
	    sentAt: string;
	    expiresAt: string;
	    readAt: string;
	    edit: EditView;
	}
	export interface LocalView {
	    id: string;
	    name: string;
	}
	export interface MemberView {
	    id: string;
	    account: string;
	    accountName: string;
	    name: string;
	    firstName: string;
	    lastName: string;
	    email: string;
	    role: string;
	    state: string;
	    twoStep: string;
	    lastSign: string;
	    teams: string[];
	    sso: boolean;
	    billing: string;
	    invitation: string;
	    invitedAt: string;
	    expiresAt: string;
	    goneSince: string;
	}
	export interface MembersView {
	    stand: StandView;
	    members: MemberView[];
	    areas: AreaView[];
	}
	export interface PictureView {
	    has: boolean;
	    data: string;
	    type: string;
	    edit: EditView;
	}
	export interface MineView {
	    connected: boolean;
	    stand: StandView;
	    login: string;
	    fields: FieldView[];
	    picture: PictureView;
	    emails: AddressView[];
	    phones: AddressView[];
	    addressesStand: StandView;
	}
	
	export interface OrganizationsView {
	    stand: StandView;
	    list: OrganizationView[];
	    organizations: LocalView[];
	    clients: LocalView[];
	}
	export interface PartingView {
	    counts: CountView[];
	    sent: number;
	    unsent: number;
	}
	export interface PasswordView {
	    id: string;
	    name: string;
	    lastUsedAt: string;
	}
	export interface PasswordsView {
	    stand: StandView;
	    list: PasswordView[];
	    edits: EditView[];
	}
	
	
	export interface ProductView {
	    id: string;
	    account: string;
	    accountName: string;
	    service: string;
	    serviceId: string;
	    name: string;
	    internal: string;
	    fqdn: string;
	    end: EndView;
	    managed: boolean;
	    locked: boolean;
	    goneSince: string;
	}
	export interface ProductsView {
	    stand: StandView;
	    products: ProductView[];
	}
	export interface RecordRead {
	    source: string;
	    type: string;
	    target: string;
	    ttl: number;
	}
	export interface RecordChange {
	    zone: string;
	    act: string;
	    id: string;
	    source: string;
	    type: string;
	    target: string;
	    ttl: string;
	    read: RecordRead;
	}
	
	
	
	export interface RemoteDeviceView {
	    id: string;
	    name: string;
	    device: string;
	    address: string;
	    userAgent: string;
	    lastActive: string;
	    createdAt: string;
	    goneSince: string;
	}
	export interface RemoteSessionView {
	    id: string;
	    browser: string;
	    device: string;
	    location: string;
	    address: string;
	    userAgent: string;
	    lastActive: string;
	    firstSeen: string;
	    goneSince: string;
	    marked: string;
	    markedAt: string;
	}
	export interface ReportRow {
	    method: string;
	    route: string;
	    status: number;
	    result: string;
	    code: string;
	    fields: string[];
	    millis: number;
	}
	export interface ReportView {
	    at: string;
	    rows: ReportRow[];
	    text: string;
	}
	export interface RequestView {
	    at: string;
	    method: string;
	    route: string;
	    status: number;
	    millis: number;
	    requestId: string;
	    outcome: string;
	}
	export interface SecretView {
	    name: string;
	    secret: string;
	}
	export interface TwoStepView {
	    known: boolean;
	    on: boolean;
	    method: string;
	    methods: string[];
	    rescue: number;
	    passwordAt: string;
	    lastSignIn: string;
	}
	export interface SessionsView {
	    stand: StandView;
	    sessions: RemoteSessionView[];
	    devices: RemoteDeviceView[];
	    twoStep: TwoStepView;
	}
	export interface SnapshotRecords {
	    snapshot: SnapshotView;
	    records: RecordView[];
	}
	
	
	export interface TokenView {
	    has: boolean;
	    since: string;
	    days: number;
	    lastUsedAt: string;
	    diesOn: string;
	    daysLeft: number;
	    warn: string;
	    scopes: string[];
	    missing: string[];
	    lost: string[];
	}
	export interface StateView {
	    connected: boolean;
	    frozen: boolean;
	    here: boolean;
	    hindrance: string;
	    state: string;
	    reason: string;
	    nextAt: string;
	    person: PersonView;
	    connectedAt: string;
	    frozenAt: string;
	    lastCompleteAt: string;
	    background: boolean;
	    left: number;
	    limit: number;
	    now: string;
	    areas: AreaView[];
	    token: TokenView;
	    edits: number;
	    accounts: number;
	}
	
	export interface TeamChange {
	    account: string;
	    team: string;
	    name: string;
	    add: string[];
	    remove: string[];
	}
	export interface TeamView {
	    id: string;
	    account: string;
	    accountName: string;
	    name: string;
	    color: number;
	    users: number;
	    products: number;
	    rights: string[];
	    goneSince: string;
	}
	export interface TeamsView {
	    stand: StandView;
	    teams: TeamView[];
	    areas: AreaView[];
	}
	
	
	
	
	export interface ZoneView {
	    zone: string;
	    domain: string;
	    stand: StandView;
	    records: number;
	    snapshots: number;
	    latestAt: string;
	    onTheWay: number;
	}
	export interface ZonesView {
	    connected: boolean;
	    stand: StandView;
	    daily: boolean;
	    zones: ZoneView[];
	}

}

export namespace moving {
	
	export interface Count {
	    kind: string;
	    count: number;
	}
	export interface TakenView {
	    name: string;
	    behind: number;
	}
	export interface View {
	    name: string;
	    country: string;
	    vatNumber: string;
	    at: string;
	    computer: string;
	    program: string;
	    here: boolean;
	    alike: string[];
	    counts: Count[];
	}

}

export namespace notice {
	
	export interface View {
	    id: string;
	    kind: string;
	    at: string;
	    device: string;
	    system: string;
	    address: string;
	    mailed: boolean;
	    seen: boolean;
	}

}

export namespace obstacle {
	
	export interface Obstacle {
	    kind: string;
	    params: Record<string, string>;
	    route: string;
	}

}

export namespace organization {
	
	export interface AskedView {
	    name: string;
	    code: string;
	    expiresAt: string;
	    mailed: boolean;
	}
	export interface DetailView {
	    id: string;
	    name: string;
	    kind: string;
	    street: string;
	    postcode: string;
	    place: string;
	    country: string;
	    currency: string;
	    vatNumber: string;
	    version: number;
	    createdAt: string;
	    role: string;
	}
	export interface InvitationView {
	    email: string;
	    role: string;
	    accounting: boolean;
	    invitedAt: string;
	    expiresAt: string;
	    account: boolean;
	    over: boolean;
	}
	export interface InviteInput {
	    email: string;
	    role: string;
	    accounting: boolean;
	    mail: boolean;
	    locale: string;
	}
	export interface StandardText {
	    language: string;
	    kind: string;
	    text: string;
	}
	export interface Letterhead {
	    version: number;
	    extra: string;
	    phone: string;
	    email: string;
	    web: string;
	    taxNumber: string;
	    bank: string;
	    iban: string;
	    contact: string;
	    footer: string;
	    window: string;
	    accent: string;
	    pattern: string;
	    texts: StandardText[];
	}
	export interface LetterheadView {
	    head: Letterhead;
	    own: StandardText[];
	    example: string;
	}
	export interface MemberView {
	    accountId: string;
	    firstName: string;
	    lastName: string;
	    loginEmail: string;
	    avatar: string;
	    role: string;
	    accounting: boolean;
	    joinedAt: string;
	    lockedAt: string;
	}
	export interface NotedView {
	    id: string;
	    name: string;
	    email: string;
	    role: string;
	    notedAt: string;
	}
	export interface MembersView {
	    members: MemberView[];
	    invitations: InvitationView[];
	    noted: NotedView[];
	}
	
	export interface OfferView {
	    organizationId: string;
	    name: string;
	    role: string;
	    invitedBy: string;
	    invitedAt: string;
	}
	
	export interface Update {
	    version: number;
	    name?: string;
	    kind?: string;
	    street?: string;
	    postcode?: string;
	    place?: string;
	    country?: string;
	    currency?: string;
	    vatNumber?: string;
	}

}

export namespace partner {
	
	export interface FigureView {
	    exact: string;
	    rounded: bridge.Money;
	    each: bridge.Money;
	    eachExact: boolean;
	}
	export interface AnswerView {
	    currency: string;
	    quantity: string;
	    rate: string;
	    degressive: string;
	    caseIndex: number;
	    outcome: string;
	    payer: string;
	    rule: string;
	    public: FigureView;
	    afterPartner: FigureView;
	    preferential: FigureView;
	    openPrice: FigureView;
	    reduction: string;
	    saved: bridge.Money;
	    charged: bridge.Money;
	    vat: bridge.Money;
	    chargedVat: bridge.Money;
	    gain: bridge.Money;
	    assumptions: string[];
	    steps: derivation.Step[];
	    curve: pricing.Point[];
	    inversions: pricing.Inversion[];
	}
	export interface Around {
	    by: string;
	    upTo: number;
	}
	export interface LineDraft {
	    product: string;
	    name: string;
	    price: string;
	    per: string;
	    degressive: boolean;
	    origin: string;
	    source: string;
	    category: string;
	}
	export interface BookDraft {
	    id: string;
	    name: string;
	    currency: string;
	    validFrom: string;
	    validUntil: string;
	    source: string;
	    author: string;
	    version: number;
	    lines: LineDraft[];
	}
	export interface LineView {
	    id: string;
	    product: string;
	    name: string;
	    price: bridge.Money;
	    per: string;
	    degressive: boolean;
	    origin: string;
	    source: string;
	    category: string;
	    rate: string;
	    ownRate: boolean;
	    steps: string;
	}
	export interface BookView {
	    id: string;
	    shipped: boolean;
	    name: string;
	    currency: string;
	    validFrom: string;
	    validUntil: string;
	    source: string;
	    author: string;
	    inForce: boolean;
	    version: number;
	    lines: LineView[];
	}
	export interface CategoryRate {
	    category: string;
	    rate: string;
	    from: string;
	    source: string;
	    author: string;
	}
	export interface CellView {
	    total: bridge.Money;
	    step: boolean;
	    inverted: boolean;
	    heat: number;
	}
	export interface ChangeView {
	    kind: string;
	    product: string;
	    name: string;
	    before: bridge.Money;
	    after: bridge.Money;
	    per: string;
	}
	export interface TierDraft {
	    from: string;
	    percent: string;
	    origin: string;
	    source: string;
	}
	export interface ScheduleDraft {
	    id: string;
	    mode: string;
	    validFrom: string;
	    source: string;
	    tiers: TierDraft[];
	}
	export interface ProductSteps {
	    product: string;
	    author: string;
	    steps: ScheduleDraft;
	}
	export interface Conditions {
	    rates: CategoryRate[];
	    ratesOf: number;
	    products: ProductSteps[];
	    productsOf: number;
	}
	export interface OwnProduct {
	    id: string;
	    name: string;
	    description: string;
	    category: string;
	    class: string;
	    unit: string;
	    months: number;
	    currency: string;
	    price: string;
	    cost: string;
	    floor: string;
	    version: number;
	}
	export interface VATDraft {
	    from: string;
	    rate: string;
	    source: string;
	}
	export interface Question {
	    book: string;
	    line: string;
	    quantity: string;
	    rate: string;
	    step: string;
	    mode: string;
	    months: number;
	    access: string;
	    means: string;
	    orders: string;
	    managed: boolean;
	    operation: string;
	    base: string;
	    vat: string;
	}
	export interface TermsView {
	    rate: string;
	    ceiling: string;
	    base: string;
	    vat: string;
	    country: string;
	    floor: string;
	    version: number;
	    published: string;
	}
	export interface ScheduleView {
	    id: string;
	    shipped: boolean;
	    mode: string;
	    validFrom: string;
	    source: string;
	    tiers: TierDraft[];
	}
	export interface DeskView {
	    books: BookView[];
	    current: Record<string, string>;
	    schedule: ScheduleView;
	    shipped: ScheduleView;
	    coming: ScheduleView[];
	    schedules: Record<string, ScheduleView>;
	    terms: TermsView;
	    asked: boolean;
	    last: Question;
	    canEdit: boolean;
	    today: string;
	    ageDays: number;
	    stale: boolean;
	    ended: string;
	    vatRates: VATDraft[];
	    vatOf: number;
	    rules: pricing.Source[];
	    own: Conditions;
	    products: OwnProduct[];
	    cases: pricing.Decision[];
	}
	
	
	
	export interface ListInput {
	    data: string;
	    mapping: input.Mapping;
	    currency: string;
	}
	
	export interface PreviewView {
	    baseFrom: string;
	    baseName: string;
	    lines: LineDraft[];
	    changes: ChangeView[];
	    rejected: input.Rejected[];
	    open: number;
	    quotes: number;
	    least: bridge.Money;
	    most: bridge.Money;
	}
	
	export interface ProgrammeDraft {
	    volumeChf: string;
	    volumeEur: string;
	    feeChf: string;
	    feeEur: string;
	    payoutDays: string;
	    version: number;
	}
	export interface ProgrammeView {
	    figures: ProgrammeDraft;
	    published: boolean;
	}
	
	export interface ScenarioView {
	    rate: string;
	    mode: string;
	    cells: CellView[];
	}
	
	
	export interface TableView {
	    quantities: number[];
	    rows: ScenarioView[];
	    current: number;
	}
	export interface SimulationView {
	    answer: AnswerView;
	    table: TableView;
	}
	
	export interface TermsDraft {
	    rate: string;
	    ceiling: string;
	    base: string;
	    country: string;
	    floor: string;
	    version: number;
	}
	
	
	
	export interface VolumeView {
	    needed: bridge.Money;
	    orders: bridge.Money;
	    ordering: number;
	    quotes: bridge.Money;
	    quoted: number;
	    managed: bridge.Money;
	    missing: bridge.Money;
	    reached: boolean;
	    part: number;
	}

}

export namespace payment {
	
	export interface UnpricedView {
	    count: number;
	    stale: number;
	    first: string;
	    ends: string;
	    readAt: string;
	}
	export interface CoverView {
	    renewalId: string;
	    product: string;
	    chargedOn: string;
	    expiresOn: string;
	    amount: bridge.Money;
	    profileId: string;
	    kind: string;
	    brand: string;
	    last4: string;
	    status: string;
	    weight: number;
	    missing: bridge.Money;
	    left: bridge.Money;
	    planned: boolean;
	}
	export interface CoverReportView {
	    days: number;
	    covers: CoverView[];
	    notCovered: number;
	    hoped: number;
	    total: bridge.Money[];
	    uncovered: bridge.Money[];
	    beyond: number;
	    movable: string[];
	    topUp: bridge.Money;
	    sure: bridge.Money;
	    unpriced: UnpricedView;
	}
	
	export interface FileInput {
	    title: string;
	    name: string;
	}
	export interface ImportInput {
	    data: string;
	    mapping: input.Mapping;
	    leaveOut: boolean;
	}
	export interface RenewalView {
	    id: string;
	    product: string;
	    expiresOn: string;
	    amount: bridge.Money;
	    months: number;
	    automatic: boolean;
	    profileId: string;
	    planned: boolean;
	    version: number;
	}
	export interface Imported {
	    added: number;
	    known: number;
	    rejected: input.Rejected[];
	    first: RenewalView[];
	}
	export interface OfferView {
	    kind: string;
	    refusal: string;
	}
	export interface ProfileView {
	    id: string;
	    kind: string;
	    brand: string;
	    label: string;
	    holder: string;
	    last4: string;
	    ends: string;
	    lastDay: string;
	    over: boolean;
	    masked: string;
	    default: boolean;
	    renewals: number;
	    version: number;
	}
	export interface OverviewView {
	    currency: string;
	    balance: bridge.Money;
	    today: string;
	    profiles: ProfileView[];
	    offers: OfferView[];
	    defaultOver: boolean;
	}
	export interface ProfileInput {
	    kind: string;
	    brand: string;
	    label: string;
	    holder: string;
	    last4: string;
	    ends: string;
	    iban: string;
	    bic: string;
	    email: string;
	    mobile: string;
	    default: boolean;
	    keepTarget: boolean;
	    version: number;
	}
	
	export interface RenewalFields {
	    product: string;
	    expiresOn: string;
	    amount: string;
	    currency: string;
	    months: string;
	    automatic: boolean;
	    profileId: string;
	}
	export interface RenewalPaid {
	    id: string;
	    version: number;
	    on: string;
	    amount: string;
	    profileId: string;
	    orderId: string;
	}
	
	export interface Revealed {
	    target: string;
	    bic: string;
	}

}

export namespace picture {
	
	export interface FileView {
	    name: string;
	    data: string;
	}

}

export namespace prepaid {
	
	export interface BalanceView {
	    on: string;
	    balance: bridge.Money;
	    change: bridge.Money;
	    what: string;
	}
	export interface EntryView {
	    seq: number;
	    at: string;
	    kind: string;
	    change: bridge.Money;
	    amount: bridge.Money;
	    balance: bridge.Money;
	    cause: string;
	    valueOn: string;
	    backDated: boolean;
	    takenBack: number;
	    reversible: boolean;
	}
	export interface EntryPageView {
	    entries: EntryView[];
	    total: number;
	}
	
	export interface ExpectedView {
	    id: string;
	    cause: string;
	    amount: bridge.Money;
	    dueOn: string;
	    means: string;
	    over: boolean;
	}
	export interface HowInput {
	    fromBalance: string;
	    rest: string;
	    sentOn: string;
	    source: string;
	    on: string;
	}
	export interface NewArrival {
	    reference: string;
	    amount: string;
	    currency: string;
	    credited: string;
	    on: string;
	}
	export interface NewExpected {
	    cause: string;
	    amount: string;
	    dueOn: string;
	}
	export interface NewTopUp {
	    amount: string;
	    means: string;
	    reference: string;
	    sentOn: string;
	    source: string;
	}
	export interface OrderInput {
	    kind: string;
	    number: string;
	    title: string;
	    total: string;
	    renews: string;
	}
	export interface OrderView {
	    id: string;
	    kind: string;
	    number: string;
	    title: string;
	    total: bridge.Money;
	    paid: bridge.Money;
	    open: bridge.Money;
	    state: string;
	    again: boolean;
	    renews: string;
	    renewed: boolean;
	    placedAt: string;
	    closedAt: string;
	    version: number;
	}
	export interface OverviewView {
	    today: string;
	    balance: bridge.Money;
	    entries: number;
	    history: BalanceView[];
	    forecast: BalanceView[];
	    until: string;
	    lowest: bridge.Money;
	    lowestOn: string;
	    short: boolean;
	    shortOn: string;
	    topUp: bridge.Money;
	    expected: ExpectedView[];
	    open: number;
	}
	export interface PayoutInput {
	    amount: string;
	    profileId: string;
	    target: string;
	    iban: string;
	    email: string;
	    transferId: string;
	}
	export interface PayoutView {
	    id: string;
	    amount: bridge.Money;
	    target: string;
	    masked: string;
	    state: string;
	    reason: string;
	    notedAt: string;
	    requestedAt: string;
	    closedAt: string;
	}
	export interface PriceLineView {
	    id: string;
	    product: string;
	    name: string;
	}
	export interface PriceListView {
	    id: string;
	    name: string;
	    validFrom: string;
	    lines: PriceLineView[];
	}
	export interface PriceTodayView {
	    net: bridge.Money;
	    due: bridge.Money;
	    rate: string;
	    country: string;
	}
	export interface Shown {
	    amount: string;
	    on: string;
	}
	export interface StepView {
	    kind: string;
	    at: string;
	    day: boolean;
	    amount: bridge.Money;
	    text: string;
	    now: boolean;
	}
	export interface ThreadView {
	    id: string;
	    purpose: string;
	    reference: string;
	    amount: bridge.Money;
	    arrived: bridge.Money;
	    outcome: string;
	    reason: string;
	    settled: boolean;
	    orderNumber: string;
	    orderTitle: string;
	    orderTotal: bridge.Money;
	    entry: number;
	    left: bridge.Money;
	    missing: bridge.Money;
	    meant: string[];
	    steps: StepView[];
	}

}

export namespace pricing {
	
	export interface Decision {
	    access: string;
	    means: string;
	    orders: string;
	    managed: string;
	    outcome: string;
	    payer: string;
	    rule: string;
	}
	export interface Inversion {
	    from: number;
	    to: number;
	}
	export interface Point {
	    quantity: number;
	    you: string;
	    public: string;
	}
	export interface Source {
	    id: string;
	    origin: string;
	    guide: string;
	    read: string[];
	    derived: boolean;
	}

}

export namespace profile {
	
	export interface AccountView {
	    id: string;
	    firstName: string;
	    lastName: string;
	    loginEmail: string;
	    language: string;
	    timeZone: string;
	    country: string;
	    phone: string;
	    phoneShown: string;
	    recoveryShown: string;
	    recoveryPhone: string;
	    recoveryEmail: string;
	    avatar: string;
	    previousAvatar: string;
	    version: number;
	    createdAt: string;
	}
	export interface MetadataView {
	    kind: string;
	    value: string;
	}
	export interface AvatarDraftView {
	    id: string;
	    width: number;
	    height: number;
	    turned: number;
	    mirrored: boolean;
	    animated: boolean;
	    removed: MetadataView[];
	    profile: string;
	    converted: boolean;
	    advised: number;
	    largest: number;
	}
	export interface AvatarInput {
	    version: number;
	    draft: string;
	    degrees: number;
	    x: number;
	    y: number;
	    side: number;
	}
	export interface KeeperView {
	    accountId: string;
	    name: string;
	    loginEmail: string;
	    avatar: string;
	}
	export interface KeepersView {
	    now: KeeperView[];
	    others: KeeperView[];
	}
	export interface LoginEmailInput {
	    version: number;
	    email: string;
	    again: string;
	    password: string;
	}
	
	export interface Update {
	    version: number;
	    firstName?: string;
	    lastName?: string;
	    language?: string;
	    timeZone?: string;
	    country?: string;
	    phone?: string;
	    recoveryPhone?: string;
	    recoveryEmail?: string;
	}

}

export namespace quote {
	
	export interface Acceptance {
	    scenario: number;
	    on: string;
	    by: string;
	}
	export interface FirstYearView {
	    by: string;
	    net: bridge.Money;
	    vat: bridge.Money;
	    total: bridge.Money;
	    steps: derivation.Step[];
	}
	export interface VATView {
	    class: string;
	    rate: string;
	    net: bridge.Money;
	    vat: bridge.Money;
	}
	export interface GroupView {
	    by: string;
	    months: number;
	    times: number;
	    lines: number[];
	    sum: bridge.Money;
	    discount: bridge.Money;
	    net: bridge.Money;
	    vat: VATView[];
	    total: bridge.Money;
	    cost: bridge.Money;
	    costed: bridge.Money;
	    unknown: number;
	    earned: bridge.Money;
	    share: string;
	    steps: derivation.Step[];
	}
	export interface SumsView {
	    charged: bridge.Money;
	    offer: bridge.Money;
	    gain: bridge.Money;
	    earned: bridge.Money;
	}
	export interface CellView {
	    quantity: string;
	    own: bridge.Money;
	    public: bridge.Money;
	    open: bridge.Money;
	    charged: bridge.Money;
	    offer: bridge.Money;
	    gain: bridge.Money;
	    earned: bridge.Money;
	    degressive: string;
	    outcome: string;
	    rule: string;
	    times: number;
	    steps: derivation.Step[];
	    assumptions: string[];
	    by: string;
	    priced: string;
	    gross: bridge.Money;
	    discount: bridge.Money;
	    cost: bridge.Money;
	    each: bridge.Money;
	    eachExact: boolean;
	    below: boolean;
	    share: string;
	}
	export interface ScenarioView {
	    name: string;
	    access: string;
	    means: string;
	    orders: string;
	    rate: string;
	    pooled: number;
	    resale: string;
	    margin: string;
	    outcome: string;
	    payer: string;
	    lines: CellView[];
	    start: SumsView;
	    year: SumsView;
	    vat: bridge.Money;
	    total: bridge.Money;
	    groups: GroupView[];
	    first: FirstYearView[];
	}
	export interface DiscountView {
	    rate: string;
	    shown: boolean;
	    from: string;
	}
	export interface LineView {
	    product: string;
	    name: string;
	    price: bridge.Money;
	    per: string;
	    months: number;
	    operation: string;
	    managed: boolean;
	    origin: string;
	    source: string;
	    kind: string;
	    description: string;
	    category: string;
	    class: string;
	    unit: string;
	    cost: bridge.Money;
	    floor: bridge.Money;
	    discount: DiscountView;
	    rate: string;
	    rateFrom: string;
	    set: bridge.Money;
	}
	export interface AnswerView {
	    currency: string;
	    rules: number;
	    bookName: string;
	    bookFrom: string;
	    bookUntil: string;
	    author: string;
	    source: string;
	    vatFrom: string;
	    vatSource: string;
	    base: string;
	    mode: string;
	    vat: string;
	    vatRate: string;
	    lines: LineView[];
	    scenarios: ScenarioView[];
	    discount: DiscountView;
	    floor: string;
	}
	export interface BreakevenView {
	    ahead: number;
	    by: bridge.Money;
	    from: number;
	    sooner: number;
	    always: boolean;
	    differ: boolean;
	    fee: bridge.Money;
	    pieces: number;
	    pooling: number;
	}
	export interface MonthView {
	    charged: bridge.Money;
	    invoiced: bridge.Money;
	    cashback: bridge.Money;
	    paid: bridge.Money;
	    fee: bridge.Money;
	    prepaid: bridge.Money;
	    position: bridge.Money;
	}
	export interface YearView {
	    months: MonthView[];
	    after: bridge.Money;
	    total: bridge.Money;
	    payouts: number;
	}
	export interface CashView {
	    years: YearView[];
	    breakeven: BreakevenView[];
	}
	
	export interface Check {
	    code: string;
	    good: boolean;
	    params: Record<string, string>;
	    route: string;
	}
	export interface Choice {
	    id: string;
	    name: string;
	    place: string;
	    access: string;
	    means: string;
	}
	export interface ClientView {
	    id: string;
	    name: string;
	    language: string;
	    currency: string;
	    country: string;
	    vat: string;
	    vatRate: string;
	    vatGround: string;
	    vatSentence: string;
	    address: string[];
	    contact: string;
	    paymentDays: number;
	}
	export interface DifferenceView {
	    scenario: number;
	    line: number;
	    stored: string;
	    computed: string;
	}
	
	export interface EntryView {
	    id: string;
	    number: string;
	    client: string;
	    recipient: string;
	    state: string;
	    validUntil: string;
	    scenarios: number;
	    offer: bridge.Money;
	    earned: bridge.Money;
	}
	export interface Filter {
	    show: string;
	    search: string;
	    client: string;
	    sort: string;
	    descending: boolean;
	    offset: number;
	    limit: number;
	}
	
	export interface FlowForm {
	    days: string;
	    fee: string;
	    every: number;
	}
	export interface ScenarioForm {
	    name: string;
	    access: string;
	    means: string;
	    orders: string;
	    rate: string;
	    pooled: string;
	    resale: string;
	    margin: string;
	    quantities: string[];
	    prices: string[];
	}
	export interface LineForm {
	    kind: string;
	    product: string;
	    name: string;
	    description: string;
	    months: number;
	    operation: string;
	    managed: boolean;
	    rate: string;
	    discount: string;
	    discountShown: boolean;
	    category: string;
	    class: string;
	    unit: string;
	    price: string;
	    cost: string;
	    floor: string;
	}
	export interface Form {
	    client: string;
	    name: string;
	    language: string;
	    book: string;
	    validUntil: string;
	    vat: string;
	    exclusions: string[];
	    note: string;
	    lines: LineForm[];
	    scenarios: ScenarioForm[];
	    discount: string;
	    discountShown: boolean;
	    confirmed: string[];
	}
	
	export interface LetterView {
	    id: string;
	    kind: string;
	    to: string;
	    subject: string;
	    text: string;
	    file: string;
	    at: string;
	    state: string;
	}
	
	
	export interface Mail {
	    to: string;
	    subject: string;
	    text: string;
	}
	
	export interface PageView {
	    entries: EntryView[];
	    found: number;
	    more: boolean;
	    all: number;
	    draft: number;
	    open: number;
	    accepted: number;
	    past: number;
	}
	export interface Pair {
	    scenario: number;
	    with: number;
	}
	export interface Wording {
	    language: string;
	    subject: string;
	    address: string;
	    salutation: string;
	    contact: string;
	    intro: string;
	    payment: string;
	    validity: string;
	    duration: string;
	    excluded: string;
	    closing: string;
	}
	export interface PaperView {
	    data: string;
	    file: string;
	    kind: string;
	    texts: Wording;
	    own: Wording;
	    draft: boolean;
	    checks: Check[];
	    letters: LetterView[];
	    mail: boolean;
	}
	export interface ProofView {
	    same: boolean;
	    figures: number;
	    differences: DifferenceView[];
	}
	export interface QuoteView {
	    id: string;
	    number: string;
	    revises: string;
	    revisedBy: string;
	    recipient: string;
	    client: string;
	    language: string;
	    state: string;
	    validUntil: string;
	    exclusions: string[];
	    note: string;
	    accepted: number;
	    version: number;
	    created: string;
	    sentAt: string;
	    answeredAt: string;
	    answeredBy: string;
	    answer: AnswerView;
	    form: Form;
	}
	
	
	
	
	

}

export namespace replica {
	
	export interface ComputerView {
	    name: string;
	    at: string;
	    writes: boolean;
	    here: boolean;
	    closed: boolean;
	}
	export interface PlaceView {
	    address: string;
	    user: string;
	    password: string;
	    fingerprint: string;
	}
	export interface StateView {
	    state: string;
	    place: PlaceView;
	    last: string;
	    size: string;
	    behind: string;
	    since: string;
	    fault: string;
	    reason: string;
	    exclusive: boolean;
	    known: boolean;
	    minPassphrase: number;
	}

}

export namespace safety {
	
	export interface CopyView {
	    name: string;
	    why: string;
	    at: string;
	    size: string;
	}
	export interface DifferenceView {
	    kind: string;
	    now: string;
	    then: string;
	    lost: string;
	}
	export interface OverviewView {
	    copies: CopyView[];
	    total: string;
	    space: string;
	    spaces: string[];
	    crashed: boolean;
	    altered: string;
	}

}

export namespace sale {
	
	export interface BookView {
	    id: string;
	    name: string;
	    currency: string;
	    from: string;
	}
	export interface Brought {
	    added: number;
	    changed: number;
	    rejected: input.Rejected[];
	}
	export interface PeriodView {
	    from: string;
	    to: string;
	    amount: bridge.Money;
	    on: string;
	    reference: string;
	    knownFrom: string;
	}
	export interface LineView {
	    id: string;
	    kind: string;
	    product: string;
	    name: string;
	    description: string;
	    quantity: string;
	    months: number;
	    biller: string;
	    payer: string;
	    expected: bridge.Money;
	    offer: bridge.Money;
	    earned: bridge.Money;
	    startsOn: string;
	    endedOn: string;
	    periods: PeriodView[];
	}
	export interface RenewalView {
	    sale: string;
	    client: string;
	    clientName: string;
	    line: LineView;
	    on: string;
	    expected: bridge.Money;
	    offer: bridge.Money;
	    earned: bridge.Money;
	    knownFrom: string;
	    list: string;
	    listFrom: string;
	}
	export interface ChangeView {
	    before: RenewalView;
	    after: RenewalView;
	}
	export interface ChangesView {
	    list: ChangeView[];
	    more: boolean;
	}
	export interface Charged {
	    line: string;
	    period: string;
	    on: string;
	    amount: string;
	    reference: string;
	}
	export interface Filter {
	    client: string;
	    search: string;
	    only: string;
	    limit: number;
	}
	export interface ItemView {
	    sale: string;
	    line: string;
	    client: string;
	    clientName: string;
	    quote: string;
	    product: LineView;
	    from: string;
	    to: string;
	    net: bridge.Money;
	    vat: bridge.Money;
	    code: string;
	    invoiced: string;
	}
	export interface ItemsView {
	    list: ItemView[];
	    found: number;
	    open: number;
	}
	export interface KeptView {
	    to: string;
	    subject: string;
	    text: string;
	    at: string;
	}
	export interface LetterView {
	    client: string;
	    clientName: string;
	    to: string;
	    language: string;
	    subject: string;
	    text: string;
	}
	
	export interface SaleView {
	    id: string;
	    quote: string;
	    number: string;
	    client: string;
	    clientName: string;
	    scenario: number;
	    acceptedOn: string;
	    acceptedBy: string;
	    order: string;
	    orderedOn: string;
	    expected: bridge.Money;
	    charged: bridge.Money;
	    more: bridge.Money;
	    open: number;
	    lines: LineView[];
	}
	export interface ListView {
	    sales: SaleView[];
	    found: number;
	    waiting: SaleView[];
	    more: bridge.Money[];
	    today: string;
	}
	export interface Mark {
	    line: string;
	    period: string;
	}
	export interface MonthView {
	    first: string;
	    offer: bridge.Money;
	    earned: bridge.Money;
	}
	export interface Order {
	    number: string;
	    orderedOn: string;
	    startsOn: string;
	}
	export interface YearView {
	    currency: string;
	    months: MonthView[];
	    offer: bridge.Money;
	    earned: bridge.Money;
	    unknown: number;
	}
	export interface OutlookView {
	    past: YearView[];
	    ahead: YearView[];
	}
	
	
	export interface RenewalsView {
	    list: RenewalView[];
	    found: number;
	}
	
	export interface Span {
	    from: string;
	    to: string;
	}
	export interface Written {
	    client: string;
	    to: string;
	    subject: string;
	    text: string;
	}

}

export namespace search {
	
	export interface Group {
	    kind: string;
	    hits: find.Hit[];
	    total: number;
	    more: boolean;
	    searched: number;
	}
	export interface Missing {
	    kind: string;
	    why: string;
	}
	export interface Result {
	    groups: Group[];
	    missing: Missing[];
	    near: string;
	}

}

export namespace session {
	
	export interface AttemptView {
	    at: string;
	    ok: boolean;
	    method: string;
	    device: string;
	    address: string;
	}
	export interface Threshold {
	    after: number;
	    locks: number;
	}
	export interface AdviceView {
	    days: number;
	    failures: number;
	    successes: number;
	    failureMails: number;
	    allMails: number;
	    thresholds: Threshold[];
	    attempts: AttemptView[];
	}
	
	export interface PlaceView {
	    name: string;
	    coordinates: string;
	}
	export interface Highlight {
	    rule: string;
	    params: Record<string, string>;
	}
	export interface DeviceView {
	    id: string;
	    current: boolean;
	    ownName: string;
	    note: string;
	    device: string;
	    system: string;
	    appVersion: string;
	    address: string;
	    method: string;
	    stay: boolean;
	    firstSeen: string;
	    lastActive: string;
	    endedAt: string;
	    endedBy: string;
	    highlights: Highlight[];
	    silenced: string[];
	    place: PlaceView;
	}
	export interface DevicesView {
	    alive: DeviceView[];
	    ended: DeviceView[];
	}
	export interface Finding {
	    check: string;
	    state: string;
	    reason: string;
	    detail: string;
	}
	
	export interface LinkView {
	    issuer: string;
	    named: string;
	    linkedAt: string;
	}
	export interface LinksView {
	    links: LinkView[];
	    offered: boolean;
	}
	export interface LockRule {
	    minutes: number;
	    withScreen: boolean;
	}
	
	export interface Policy {
	    notifySuccess: boolean;
	    notifyFailure: boolean;
	    lockOn: boolean;
	    lockAfter: number;
	}
	export interface ProtectionView {
	    policy: Policy;
	    chosen: boolean;
	    codesLeft: number;
	    codesMade: number;
	    hasPassword: boolean;
	    minLock: number;
	    maxLock: number;
	}
	export interface ProviderInput {
	    tenant: string;
	    client: string;
	    domains: string[];
	}
	export interface ProviderView {
	    on: boolean;
	    tenant: string;
	    client: string;
	    domains: string[];
	    redirect: string;
	}
	export interface RecoveryCodesView {
	    codes: string[];
	}
	export interface SSOView {
	    stage: string;
	    link: string;
	    fault: string;
	}
	export interface Said {
	    ownName: string;
	    note: string;
	    place: string;
	    coordinates: string;
	}
	export interface StrengthView {
	    score: number;
	    years: string;
	}

}

export namespace settings {
	
	export interface View {
	    language: string;
	    region: string;
	    speaks: string;
	    writes: string;
	    theme: string;
	    sidebar: string;
	    zoom: string;
	    painted: string;
	}

}

export namespace transfer {
	
	export interface BookingView {
	    entry: number;
	    at: string;
	    amount: bridge.Money;
	}
	export interface AccountView {
	    known: boolean;
	    first: BookingView[];
	    again: BookingView[];
	}
	export interface AttemptView {
	    number: number;
	    started: string;
	    ended: string;
	    outcome: string;
	    cause: string;
	    epp: string;
	    fee: bridge.Money;
	}
	
	export interface BulkRowView {
	    line: number;
	    typed: string;
	    domain: string;
	    reason: string;
	    first: number;
	}
	export interface BulkView {
	    good: BulkRowView[];
	    rejected: BulkRowView[];
	}
	export interface CheckView {
	    question: string;
	    verdict: string;
	    note: string;
	    day: string;
	    at: string;
	    count: number;
	    mine: boolean;
	}
	export interface Colleague {
	    accountId: string;
	    name: string;
	    allowed: boolean;
	}
	export interface DeadlineView {
	    kind: string;
	    at: string;
	    day: string;
	}
	export interface FactsInput {
	    version: number;
	    holder: string;
	    registrar: string;
	    order: string;
	    registered: string;
	    moved: string;
	    expires: string;
	    restartBy: string;
	}
	export interface FailureInput {
	    data: string;
	    cause: string;
	    ended: string;
	}
	export interface SourceView {
	    title: string;
	    link: string;
	    guide: string;
	    infomaniak: boolean;
	}
	export interface FindingView {
	    cause: string;
	    confidence: number;
	    hand: string;
	    evidence: string[];
	    ruledOut: string;
	    source: SourceView;
	}
	export interface Input {
	    domain: string;
	    holder: string;
	    registrar: string;
	    order: string;
	    fee: string;
	    code: string;
	    started: string;
	    registered: string;
	    moved: string;
	    expires: string;
	    pending: boolean;
	}
	export interface RowView {
	    id: string;
	    domain: string;
	    holder: string;
	    registrar: string;
	    stage: string;
	    since: string;
	    asked: boolean;
	    attempts: number;
	    cause: string;
	    expires: string;
	}
	export interface ListView {
	    rows: RowView[];
	    all: number;
	    failed: number;
	    open: number;
	    done: number;
	}
	export interface MessageView {
	    subject: string;
	    from: string;
	    sent: string;
	    body: string;
	}
	export interface NoteView {
	    code: string;
	    source: SourceView;
	}
	export interface ReadingView {
	    message: MessageView;
	    findings: FindingView[];
	    codes: string[];
	    until: string;
	    other: string[];
	    domain: string;
	    follows: RowView;
	}
	
	
	export interface Target {
	    title: string;
	    name: string;
	    language: string;
	}
	export interface ThereView {
	    words: string[];
	    at: string;
	    stale: boolean;
	}
	export interface View {
	    row: RowView;
	    version: number;
	    order: string;
	    registered: string;
	    moved: string;
	    restartBy: string;
	    codeKept: string;
	    codeUsed: number;
	    codeDays: number;
	    records: string;
	    next: string[];
	    ledger: AttemptView[];
	    paid: bridge.Money;
	    nextFee: bridge.Money;
	    hasMessage: boolean;
	    message: MessageView;
	    findings: FindingView[];
	    checks: CheckView[];
	    blockers: string[];
	    deadlines: DeadlineView[];
	    extension: string;
	    renewal: string;
	    codeless: boolean;
	    notes: NoteView[];
	    newExpiry: string;
	    strictExpiry: string;
	    account: AccountView;
	    colleagues: Colleague[];
	    there: ThereView;
	}

}

export namespace update {
	
	export interface View {
	    version: string;
	    published: string;
	    newer: boolean;
	    file: string;
	}

}

export namespace vault {
	
	export interface Loss {
	    place: string;
	    count: number;
	}
	export interface View {
	    mode: string;
	    reason: string;
	    held: number;
	    stranded: boolean;
	    losses: Loss[];
	    shortest: number;
	}

}

