package tui

import (
	"strings"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"till/domain"
)

// Styles is all that a theme says. Views use it and make nothing of their own.
type Styles struct {
	Text    lipgloss.Style
	Faint   lipgloss.Style // what is there to be found, not to be read
	Strong  lipgloss.Style
	Accent  lipgloss.Style // the one colour: where the person is
	Title   lipgloss.Style
	Here    lipgloss.Style // the main screen that the person is at
	Rule    lipgloss.Style // lines
	Key     lipgloss.Style // the name of a key
	KeyOff  lipgloss.Style // of one that does nothing now
	Row     lipgloss.Style // the selected row
	RowName lipgloss.Style // what it is called
	Good    lipgloss.Style
	Active  lipgloss.Style // in the hands of somebody else
	Warn    lipgloss.Style
	Bad     lipgloss.Style
	Off     lipgloss.Style // over, or not possible
	Sandbox lipgloss.Style
	Live    lipgloss.Style
	Dialog  lipgloss.Style // a box over the screen
	Tight   lipgloss.Style // the same where there is little room
	QR      lipgloss.Style // dark on light, whatever the theme
	Form    *huh.Styles

	Dark bool

	colours colours
	inks    [inkKinds]lipgloss.Style // of drawings
	edges   *inkEdges
	hue     [hues]lipgloss.Style
}

func stylesOf(c colours, dark bool) *Styles {
	accent := inked(c.accent)
	frame := lipgloss.NewStyle().Border(lipgloss.RoundedBorder()).Padding(1, 3)
	if !c.plain {
		frame = frame.BorderForeground(lipgloss.Color(c.accent))
	}
	st := &Styles{
		Text:    inked(c.text),
		Faint:   inked(c.faint),
		Strong:  inked(c.strong).Bold(true),
		Accent:  accent,
		Title:   accent.Bold(true),
		Here:    inked(c.strong).Bold(true).Underline(true),
		Rule:    inked(c.rule),
		Key:     inked(c.key).Bold(true),
		KeyOff:  inked(c.keyOff),
		Row:     c.filled(c.onRow, c.row),
		Good:    inked(c.good),
		Active:  inked(c.active),
		Warn:    inked(c.warn),
		Bad:     inked(c.bad),
		Off:     inked(c.off),
		Sandbox: inked(c.active).Bold(true),
		Live:    c.filled(c.onLive, c.live).Bold(true),
		Dialog:  frame,
		QR:      lipgloss.NewStyle().Foreground(lipgloss.Color("#000000")).Background(lipgloss.Color("#ffffff")),
		Dark:    dark,
		colours: c,
	}
	if c.plain {
		st.QR = lipgloss.NewStyle().Reverse(dark)
	}
	st.RowName = st.Row.Bold(true)
	st.Tight = st.Dialog.Padding(0, 2)
	st.hue = [hues]lipgloss.Style{st.Text, st.Active, st.Good, st.Warn, st.Bad, st.Off}
	st.inks = [inkKinds]lipgloss.Style{
		inkNone: st.Text, inkFar: inked(c.far), inkAhead: inked(c.ahead), inkOpen: st.Text,
		inkLit: accent, inkHere: accent.Bold(true), inkKey: st.Key,
		inkFill: c.filled(c.onAccent, c.accent).Bold(true),
	}
	st.edges = edgesOf(&st.inks)
	st.Form = st.form()
	return st
}

// form is the look of huh's fields. huh asks for its theme several times a frame: it always gets this one.
func (s *Styles) form() *huh.Styles {
	f := huh.ThemeBase(s.Dark)
	plain := lipgloss.NewStyle()
	f.Focused.Base = plain
	f.Focused.Title = s.Title
	f.Focused.Description = s.Faint
	f.Focused.TextInput.Cursor = s.Accent
	f.Focused.TextInput.Prompt = s.Accent
	f.Focused.TextInput.Text = s.Text
	f.Focused.TextInput.Placeholder = s.Rule
	f.Blurred = f.Focused
	f.Blurred.Title = s.Faint
	f.Blurred.TextInput.Prompt = s.Rule
	return f
}

type hue uint8

const (
	neutral hue = iota
	active
	good
	warn
	bad
	off
	hues
)

// badge is how a state is told: a glyph and a word say it all, the colour only helps.
type badge struct {
	glyph, word string
	hue         hue
}

// The badges of the states, by machine. A machine that is not here, or a state, is told by its own name.
var badges = map[string]map[domain.State]badge{
	"order": {
		domain.OrderDraft:      {"◌", "draft", off},
		domain.OrderIssued:     {"○", "issued", neutral},
		domain.OrderViewed:     {"◎", "viewed", neutral},
		domain.OrderInProgress: {"◧", "in progress", active},
		domain.OrderFailed:     {"✗", "failed", bad},
		domain.OrderOverdue:    {"!", "overdue", warn},
		domain.OrderExpired:    {"⊘", "expired", off},
		domain.OrderHold:       {"◈", "hold", active},
		domain.OrderPartPaid:   {"◕", "part paid", warn},
		domain.OrderPaid:       {"●", "paid", good},
		domain.OrderReceived:   {"◆", "received", good},
		domain.OrderCancelled:  {"–", "cancelled", off},
		domain.OrderRejected:   {"⊗", "rejected", off},
	},
	"payment": {
		domain.PaymentCreated:        {"○", "created", neutral},
		domain.PaymentScheduled:      {"◌", "scheduled", neutral},
		domain.PaymentNeedsMethod:    {"◎", "needs a method", neutral},
		domain.PaymentNeedsAction:    {"◔", "needs the customer", warn},
		domain.PaymentProcessing:     {"◧", "processing", active},
		domain.PaymentRetryWait:      {"↪", "waits to retry", active},
		domain.PaymentUnknown:        {"?", "unknown", warn},
		domain.PaymentVerified:       {"✓", "verified", good},
		domain.PaymentDeclined:       {"✗", "declined", bad},
		domain.PaymentFailed:         {"×", "failed", bad},
		domain.PaymentCancelled:      {"–", "cancelled", off},
		domain.PaymentAuthorized:     {"◈", "authorized", active},
		domain.PaymentPartAuthorized: {"◩", "part authorized", active},
		domain.PaymentPartCaptured:   {"◕", "part captured", good},
		domain.PaymentCaptured:       {"●", "captured", good},
		domain.PaymentVoided:         {"∅", "voided", off},
		domain.PaymentReversed:       {"↩", "reversed", off},
		domain.PaymentExpired:        {"⊘", "expired", off},
	},
	"operation": {
		domain.OpRequested: {"○", "requested", active},
		domain.OpNotSent:   {"⊘", "not sent", off},
		domain.OpPending:   {"◧", "pending", active},
		domain.OpUnknown:   {"?", "unknown", warn},
		domain.OpSucceeded: {"✓", "succeeded", good},
		domain.OpFailed:    {"✗", "failed", bad},
	},
	"refund": {
		domain.RefundRequested: {"○", "requested", active},
		domain.RefundPending:   {"◧", "pending", active},
		domain.RefundReview:    {"◔", "in review", warn},
		domain.RefundUnknown:   {"?", "unknown", warn},
		domain.RefundSucceeded: {"✓", "refunded", good},
		domain.RefundFailed:    {"✗", "failed", bad},
		domain.RefundCanceled:  {"–", "cancelled", off},
		domain.RefundReversed:  {"↩", "came back", warn},
	},
	"payout": {
		domain.PayoutCreated:    {"○", "created", neutral},
		domain.PayoutNeedsData:  {"◔", "needs data", warn},
		domain.PayoutProcessing: {"◧", "processing", active},
		domain.PayoutPaid:       {"●", "paid", good},
		domain.PayoutFailed:     {"✗", "failed", bad},
		domain.PayoutCanceled:   {"–", "cancelled", off},
		domain.PayoutExpired:    {"⊘", "expired", off},
		domain.PayoutReturned:   {"↩", "returned", warn},
	},
	"shift": {
		domain.ShiftOpen:   {"●", "open", good},
		domain.ShiftClosed: {"■", "closed", off},
	},
	// The one name of an order in a list, where it says more than the order's own state.
	"flat": {
		"reversal_initiated": {"◧", "reversing", active},
		"refund_initiated":   {"◧", "refunding", active},
		"reversal_failed":    {"✗", "reversal failed", bad},
		"refund_failed":      {"✗", "refund failed", bad},
		"refund_reversed":    {"↩", "refund came back", warn},
		"reversed":           {"↩", "reversed", off},
		"refunded":           {"↩", "refunded", off},
		"fraud_advice":       {"⚑", "fraud advice", warn},
		"retrieval":          {"⚑", "retrieval", warn},
		"chargeback":         {"⚑", "chargeback", bad},
		"representation":     {"⚑", "representation", warn},
		"pre_arbitration":    {"⚑", "pre-arbitration", bad},
		"arbitration":        {"⚑", "arbitration", bad},
		"pre_compliance":     {"⚑", "pre-compliance", warn},
		"compliance":         {"⚑", "compliance", bad},
		"good_faith":         {"⚑", "good faith", neutral},
	},
	// How a dispute's status is told; its stage is put before it.
	"dispute": {
		"open":      {"⚑", "open", bad},
		"responded": {"◧", "responded", active},
		"won":       {"✓", "won", good},
		"lost":      {"✗", "lost", bad},
		"accepted":  {"✗", "accepted", bad},
		"expired":   {"⊘", "expired", bad},
		"withdrawn": {"✓", "withdrawn", good},
		"resolved":  {"–", "resolved", off},
		"closed":    {"–", "closed", off},
	},
}

// State gives the glyph, the word and the colour of a state of a machine (order, payment, operation, refund,
// dispute, payout, shift) or of an order's one flat name (machine "flat").
func (s *Styles) State(machine string, st domain.State) (glyph, word string, style lipgloss.Style) {
	found := badgeOf(machine, st)
	return found.glyph, found.word, s.hue[found.hue]
}

func badgeOf(machine string, st domain.State) badge {
	if found, ok := badges[machine][st]; ok {
		return found
	}
	words := strings.ReplaceAll(string(st), "_", " ")
	if machine == "flat" {
		if found, ok := badges["order"][st]; ok {
			return found
		}
	}
	if stage, status, ok := strings.Cut(string(st), "/"); ok && machine == "dispute" {
		found := badgeOf(machine, domain.State(status))
		return badge{found.glyph, domain.State(stage).Words() + " · " + found.word, found.hue}
	}
	return badge{"·", words, neutral}
}
