package tui

import (
	"strings"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"till/domain"
)

// Styles is all that a theme says. Views use it and make nothing of their own.
type Styles struct {
	Text    Brush
	Faint   Brush // what is there to be found, not to be read
	Strong  Brush
	Accent  Brush // the one colour: where the person is
	Title   Brush
	Here    Brush // the main screen that the person is at
	Rule    Brush // lines
	Key     Brush // the name of a key
	KeyOff  Brush // of one that does nothing now
	Row     Brush // the selected row
	RowName Brush // what it is called
	Good    Brush
	Active  Brush // in the hands of somebody else
	Warn    Brush
	Bad     Brush
	Off     Brush // over, or not possible
	Sandbox Brush
	Live    Brush
	Dialog  lipgloss.Style // a box over the screen
	Tight   lipgloss.Style // the same where there is little room
	Edge    Brush          // of those boxes
	QR      lipgloss.Style // dark on light, whatever the theme
	Form    *huh.Styles

	Dark bool

	colours colours
	inks    [inkKinds]Brush // of drawings
	hue     [hues]Brush
	bold    [hues]Brush // the same, louder
}

func stylesOf(c colours, dark bool) *Styles {
	accent := inked(c.accent)
	frame, edge := lipgloss.NewStyle().Border(lipgloss.RoundedBorder()).Padding(1, 3), lipgloss.NewStyle()
	if !c.plain {
		frame, edge = frame.BorderForeground(lipgloss.Color(c.accent)), accent
	}
	st := &Styles{
		Text:    brushOf(inked(c.text)),
		Faint:   brushOf(inked(c.faint)),
		Strong:  brushOf(inked(c.strong).Bold(true)),
		Accent:  brushOf(accent),
		Title:   brushOf(accent.Bold(true)),
		Here:    brushOf(inked(c.strong).Bold(true).Underline(true)),
		Rule:    brushOf(inked(c.rule)),
		Key:     brushOf(inked(c.key).Bold(true)),
		KeyOff:  brushOf(inked(c.keyOff)),
		Row:     brushOf(c.filled(c.onRow, c.row)),
		Good:    brushOf(inked(c.good)),
		Active:  brushOf(inked(c.active)),
		Warn:    brushOf(inked(c.warn)),
		Bad:     brushOf(inked(c.bad)),
		Off:     brushOf(inked(c.off)),
		Sandbox: brushOf(inked(c.active).Bold(true)),
		Live:    brushOf(c.filled(c.onLive, c.live).Bold(true)),
		Dialog:  frame,
		Edge:    brushOf(edge),
		QR:      lipgloss.NewStyle().Foreground(lipgloss.Color("#000000")).Background(lipgloss.Color("#ffffff")),
		Dark:    dark,
		colours: c,
	}
	if c.plain {
		st.QR = lipgloss.NewStyle().Reverse(dark)
	}
	st.RowName = brushOf(st.Row.Bold(true))
	st.Tight = st.Dialog.Padding(0, 2)
	st.hue = [hues]Brush{st.Text, st.Active, st.Good, st.Warn, st.Bad, st.Off}
	for i, brush := range st.hue {
		st.bold[i] = brushOf(brush.Bold(true))
	}
	st.inks = [inkKinds]Brush{
		inkFar: brushOf(inked(c.far)), inkAhead: brushOf(inked(c.ahead)), inkOpen: st.Text,
		inkLit: st.Accent, inkHere: st.Title, inkKey: st.Key,
		inkFill: brushOf(c.filled(c.onAccent, c.accent).Bold(true)),
	}
	st.Form = st.form()
	return st
}

// form is the look of huh's fields. huh asks for its theme several times a frame: it always gets this one.
func (s *Styles) form() *huh.Styles {
	f := huh.ThemeBase(s.Dark)
	plain := lipgloss.NewStyle()
	f.Focused.Base = plain
	f.Focused.Title = s.Title.Style
	f.Focused.Description = s.Faint.Style
	f.Focused.TextInput.Cursor = s.Accent.Style
	f.Focused.TextInput.Prompt = s.Accent.Style
	f.Focused.TextInput.Text = s.Text.Style
	f.Focused.TextInput.Placeholder = s.Rule.Style
	f.Blurred = f.Focused
	f.Blurred.Title = s.Faint.Style
	f.Blurred.TextInput.Prompt = s.Rule.Style
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
	"operator": {
		domain.OperatorActive:   {"●", "active", good},
		domain.OperatorDisabled: {"–", "disabled", off},
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
// dispute, payout, shift, operator) or of an order's one flat name (machine "flat").
func (s *Styles) State(machine string, st domain.State) (glyph, word string, style Brush) {
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
