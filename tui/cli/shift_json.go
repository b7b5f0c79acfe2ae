package cli

import (
	"till/domain"
)

type shiftObject struct {
	Type      string            `json:"type"`
	ID        domain.ShiftID    `json:"id"`
	Number    *int64            `json:"number"` // of the Z report; null while it is open
	Status    domain.State      `json:"status"`
	Currency  domain.Currency   `json:"currency"`
	OpenedAt  stamp             `json:"opened_at"`
	OpenedBy  string            `json:"opened_by"`
	ClosedAt  stamp             `json:"closed_at"`
	ClosedBy  *string           `json:"closed_by"`
	Float     string            `json:"float"`
	Moves     []drawerMove      `json:"moves"`
	Report    *reportObject     `json:"report"`
	Head      *headObject       `json:"head"`
	Permitted []string          `json:"permitted_actions"`
	Refused   map[string]string `json:"refused_actions"`
	Version   int64             `json:"version"`
}

type drawerMove struct {
	Kind   domain.Event `json:"kind"`
	Amount string       `json:"amount"`
	Reason string       `json:"reason"`
	At     stamp        `json:"at"`
	Actor  string       `json:"actor"`
}

// headObject is the last entry of the journal as it was when a shift was closed.
type headObject struct {
	Seq  domain.Seq `json:"seq"`
	Hash string     `json:"hash"`
}

type reportObject struct {
	Sales    []takingsObject `json:"sales"`
	Hours    []hourObject    `json:"hours"`
	Apart    []takingsObject `json:"apart"`
	Training []takingsObject `json:"training"`
	Drawer   drawerObject    `json:"drawer"`
	Earlier  []string        `json:"counted_before,omitempty"`
}

type takingsObject struct {
	Currency domain.Currency `json:"currency"`
	Orders   int             `json:"orders"`
	First    *string         `json:"first"`
	Last     *string         `json:"last"`
	Methods  []methodSum     `json:"methods"`
	Total    moneySum        `json:"total"`
}

type methodSum struct {
	Method string  `json:"method"`
	Brand  *string `json:"brand"`
	moneySum
}

type hourObject struct {
	From     stamp           `json:"from"`
	Currency domain.Currency `json:"currency"`
	moneySum
}

type moneySum struct {
	Sales    int    `json:"sales"`
	Taken    string `json:"taken"`
	Refunded string `json:"refunded"`
	Reversed string `json:"reversed"`
	Disputed string `json:"disputed"`
	Net      string `json:"net"`
}

type drawerObject struct {
	Currency   domain.Currency `json:"currency"`
	Float      string          `json:"float"`
	Taken      string          `json:"taken"`
	Refunded   string          `json:"refunded"`
	Rounded    string          `json:"rounded"` // what rounding brought, below 0 what it cost
	PaidIn     string          `json:"paid_in"`
	PaidOut    string          `json:"paid_out"`
	Expected   string          `json:"expected"`
	Counted    *string         `json:"counted"`    // null in an X report
	Difference *string         `json:"difference"` // below 0 cash is missing
}

// shiftOf is a shift with a report; nil where none is shown.
func shiftOf(s *domain.Shift, r *domain.ShiftReport) shiftObject {
	money := s.Currency.Format
	object := shiftObject{
		Type: "shift", ID: s.ID, Status: s.State, Currency: s.Currency, OpenedAt: stamp(s.OpenedAt), OpenedBy: s.OpenedBy,
		ClosedAt: stamp(s.ClosedAt), Float: money(s.Float), Moves: []drawerMove{}, Permitted: s.Permitted(), Refused: map[string]string{},
		Version: s.Version,
	}
	for _, m := range s.Moves {
		object.Moves = append(object.Moves, drawerMove{m.Event, money(m.Amount), m.Reason, stamp(m.At), m.Actor})
	}
	for _, a := range domain.ShiftActions {
		if refusal := s.Refuses(a.Name, 0, 0); refusal != nil {
			object.Refused[a.Name] = refusal.Error()
		}
	}
	if !s.IsOpen() {
		object.Number, object.ClosedBy, object.Head = &s.Number, &s.ClosedBy, &headObject{s.Head.Seq, s.Head.Hash}
	}
	if r != nil {
		object.Report = reportOf(s, r)
	}
	return object
}

func reportOf(s *domain.Shift, r *domain.ShiftReport) *reportObject {
	object := &reportObject{
		Sales: takingsOf(r.Sales), Hours: []hourObject{}, Apart: takingsOf(r.Apart), Training: takingsOf(r.Training),
	}
	for _, h := range r.Hours {
		object.Hours = append(object.Hours, hourObject{stamp(h.From), h.Currency, sumOf(h.Currency, h.MoneySum)})
	}
	d, money := r.Drawer, r.Drawer.Currency.Format
	object.Drawer = drawerObject{
		Currency: d.Currency, Float: money(d.Float), Taken: money(d.Taken), Refunded: money(d.Refunded), Rounded: money(d.Rounded),
		PaidIn: money(d.PaidIn), PaidOut: money(d.PaidOut), Expected: money(d.Expected),
	}
	for _, a := range r.Earlier {
		object.Earlier = append(object.Earlier, money(a))
	}
	if !s.IsOpen() {
		object.Drawer.Counted, object.Drawer.Difference = new(money(d.Counted)), new(money(d.Difference))
	}
	return object
}

func takingsOf(list []domain.Takings) []takingsObject {
	objects := make([]takingsObject, len(list))
	for i, t := range list {
		objects[i] = takingsObject{Currency: t.Currency, Orders: t.Orders, Methods: []methodSum{}, Total: sumOf(t.Currency, t.Total())}
		if t.Orders > 0 {
			objects[i].First, objects[i].Last = new(t.First), new(t.Last)
		}
		for _, m := range t.Methods {
			sum := methodSum{Method: m.Method, moneySum: sumOf(t.Currency, m.MoneySum)}
			if m.Brand != "" {
				sum.Brand = new(string(m.Brand))
			}
			objects[i].Methods = append(objects[i].Methods, sum)
		}
	}
	return objects
}

func sumOf(c domain.Currency, m domain.MoneySum) moneySum {
	return moneySum{m.Sales, c.Format(m.Taken), c.Format(m.Refunded), c.Format(m.Reversed), c.Format(m.Disputed), c.Format(m.Net())}
}
