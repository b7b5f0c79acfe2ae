package domain

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// bodies are what an entry of each kind can have for a body.
var bodies = map[Kind]any{
	KindTillOpened: TillOpening{}, KindOrderDrafted: Document{}, KindOrderIssued: Document{}, KindOrderMoved: Move{},
	KindPaymentOpened: Opening{}, KindPaymentChanged: Change{}, KindPaymentMoved: Move{}, KindOperationRequested: Operation{},
	KindOperationAnswered: Answer{}, KindFactsReported: Report{}, KindTimerFired: Firing{}, KindReceiptPrinted: Printing{},
	KindEvidenceAdded: EvidenceAdded{}, KindClockMoved: ClockMove{}, KindCustomerAdded: CustomerBody{}, KindCustomerUpdated: CustomerBody{},
	KindPersonForgotten: Forgetting{}, KindSourceSaved: KeptSource{}, KindSourceRemoved: SourceRemoval{}, KindMandateOpened: MandateOpening{},
	KindMandateMoved: Move{}, KindPayoutOpened: PayoutOpening{}, KindPayoutChanged: PayoutChange{}, KindShiftOpened: ShiftOpening{},
	KindShiftMoved: ShiftMove{}, KindShiftClosed: ShiftClosing{}, KindOperatorAdded: OperatorAdding{}, KindOperatorPINSet: struct{}{},
	KindOperatorLocked: OperatorLock{}, KindOperatorDisabled: struct{}{},
}

// stays says of each text that an entry keeps for good why it may. A field that is neither here nor set aside fails the test.
var stays = map[string]string{
	"ask":                          "a fingerprint",
	"TillOpening.Till":             "an id",
	"Document.HumanID":             "made by till",
	"Document.Number":              "made by till",
	"Document.Reference":           "the shop's own name of the order: a repeated import is known by it",
	"Document.Language":            "of the slip",
	"Line.SKU":                     "the shop's own number of what was sold",
	"Line.Title":                   "what was sold: it is on the slip, and goes back by it",
	"PersonRef.ID":                 "an id",
	"PersonRef.Hash":               "of a salt that goes with the row",
	"mandate.moved reason":         "nobody is asked for one",
	"mandate.moved fraud.message":  "nobody is asked for one",
	"order.moved fraud.message":    "nobody is asked for one",
	"Opening.HumanID":              "made by till",
	"Terms.Variant":                "of the configuration",
	"Terms.Provider":               "a provider's name",
	"Terms.Method":                 "of a provider's list",
	"Terms.Reference":              "the shop's own name of the payment, by which its provider knows it",
	"Source.Type":                  "of a provider's list",
	"Source.ID":                    "a provider's id",
	"Source.Last4":                 "what a slip may show of a card",
	"Source.Country":               "of a bank",
	"source.saved fields":          "what is kept comes without (Payment.Keep, Operation.Keep)",
	"mandate.opened source.fields": "a leave comes without",
	"Operation.Stage":              "a state",
	"Operation.Key":                "the name of the intent: a repeat is known by it",
	"Operation.Method":             "of a provider's list",
	"Operation.Session":            "a provider's id",
	"Operation.Reference":          "the shop's own name of the call, by which its provider knows it",
	"Operation.Variant":            "of the configuration",
	"Paper.Type":                   "a kind",
	"Paper.SHA256":                 "of what is in the cabinet",
	"Outcome.Code":                 "a provider's word",
	"Outcome.Summary":              "a provider's word",
	"Outcome.Class":                "a provider's word",
	"Outcome.Rule":                 "a provider's word",
	"Outcome.ProviderID":           "a provider's id",
	"Fact.Action":                  "a provider's id",
	"Fact.Key":                     "the name of an intent",
	"Fact.Code":                    "a provider's word",
	"Fact.Summary":                 "a provider's word",
	"Fact.Class":                   "a provider's word",
	"Fact.Provider":                "a provider's id",
	"Claim.Stage":                  "a state",
	"Claim.Status":                 "a state",
	"Claim.ReasonCode":             "of a network's list",
	"Claim.Network":                "a network's name",
	"Claim.Category":               "of a network's list",
	"Claim.RaisedBy":               "a provider's word",
	"Session.ID":                   "a provider's id",
	"Session.URL":                  "a provider's page",
	"Session.Code":                 "a provider's id",
	"ThreeDS":                      "a bank's words",
	"Screening.Status":             "a state",
	"operation.answered facts.*.fraud.message": "a provider's word",
	"facts.reported facts.*.fraud.message":     "a provider's word",
	"Report.Notice":                            "a provider's id",
	"Firing":                                   "a timer's name, and an id",
	"Printing.Format":                          "a kind",
	"Forgetting":                               "ids, and what evidence was",
	"KeptSource.Variant":                       "of the configuration",
	"MandateOpening":                           "of the configuration, and of a provider's list",
	"PayoutOpening":                            "ids, the end of an account's number, and the shop's own name of the payout",
	"PayoutChange.Account":                     "the end of an account's number",
	"ShiftMove.Reason":                         "the shop's own words of its own money",
	"MethodSum":                                "a method's name",
	"Takings":                                  "an order's number",
	"OperatorAdding":                           "who works there", "ClockMove": "who works there", "Timer": "a timer's name, and ids",
}

// Every text that an entry can have is set aside, where it can be forgotten, or there is a reason why it stays.
func TestEveryTextIsSetAsideOrHasItsReasonToStay(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "entry.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if v, is := n.(*ast.ValueSpec); is && v.Type != nil && fmt.Sprint(v.Type) == "Kind" {
			text := strings.Trim(v.Values[0].(*ast.BasicLit).Value, `"`)
			if _, known := bodies[Kind(text)]; !known {
				t.Errorf("nobody has said what the body of %s is", text)
			}
		}
		return true
	})
	used := map[string]bool{}
	for kind, body := range bodies {
		paths := map[string]bool{}
		eachText(reflect.TypeOf(body), "", "", func(path, field string) {
			paths[path] = true
			if i := slices.IndexFunc(toldIn[kind], func(told string) bool { return path == told || strings.HasPrefix(path, told+".") }); i >= 0 {
				paths[toldIn[kind][i]] = true
				return
			}
			owner, _, _ := strings.Cut(field, ".")
			for _, name := range []string{field, owner, path, string(kind) + " " + path} {
				if stays[name] != "" {
					used[name] = true
					return
				}
			}
			t.Errorf("%s of a %s (%s) is not set aside, and nobody has said why it may stay", path, kind, field)
		})
		for _, told := range toldIn[kind] {
			if !paths[told] {
				t.Errorf("there is no %s in a %s", told, kind)
			}
		}
	}
	for name := range stays {
		if !used[name] {
			t.Errorf("there is no %s that stays", name)
		}
	}
}

// eachText visits every text that a value of a type can have in its JSON form: its path there, and the field that it is.
func eachText(of reflect.Type, path, field string, visit func(path, field string)) {
	switch of.Kind() {
	case reflect.Pointer:
		eachText(of.Elem(), path, field, visit)
	case reflect.Slice:
		if of == reflect.TypeFor[json.RawMessage]() {
			visit(path, field)
			return
		}
		eachText(of.Elem(), strings.TrimPrefix(path+".*", "."), field, visit)
	case reflect.Map:
		visit(path, field)
	case reflect.String:
		if of == reflect.TypeFor[string]() { // what has a type of its own is one of a list, or an id
			visit(path, field)
		}
	case reflect.Struct:
		for i := range of.NumField() {
			f := of.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch {
			case !f.IsExported() || name == "-":
			case f.Anonymous && name == "":
				eachText(f.Type, path, field, visit)
			default:
				eachText(f.Type, strings.TrimPrefix(path+"."+name, "."), of.Name()+"."+f.Name, visit)
			}
		}
	}
}

// What was set aside is not in the body, and is back when the entry is read, unless it was forgotten.
func TestWhatIsSetAsideComesBack(t *testing.T) {
	fields := map[string]string{"iban": "DE89", "a.b": "c"}
	body := Answer{Operation: "op_1", Outcome: Outcome{Status: Succeeded, Facts: []Fact{
		{Event: Captured, Amount: 1}, {Event: Captured, Amount: 2, Source: &Source{Type: "sepa", Fields: fields}},
	}}}
	e, err := NewEntry(KindOperationAnswered, "ord_1", "pay_1", body)
	if err != nil {
		t.Fatal(err)
	}
	before := string(e.Body)
	if !e.Indelible() {
		t.Error("an entry from before is said to be clean")
	}
	if err := e.SetAside(func(prefix string) string { return prefix + "1" }); err != nil {
		t.Fatal(err)
	}
	if string(e.Body) == before || strings.Contains(string(e.Body), "DE89") || e.Indelible() {
		t.Errorf("the body is %s", e.Body)
	}
	row, is := e.Told()
	if want, _ := e.Brings.Told.Ref(); !is || row != want {
		t.Errorf("the entry carries %v, %v", row, is)
	}
	if back, err := Decode[Answer](e); err != nil || !reflect.DeepEqual(back, body) {
		t.Errorf("it comes back as %+v, %v", back, err)
	}
	e.Brings.Told = nil
	back, err := Decode[Answer](e)
	body.Facts[1].Source.Fields = nil
	if err != nil || !reflect.DeepEqual(back, body) {
		t.Errorf("forgotten it is %+v, %v", back, err)
	}
}

// Of what nobody told anything in, not a byte changes; and till's own word for why a hold is let go is nobody's.
func TestNothingToldIsNothingSetAside(t *testing.T) {
	for kind, body := range map[Kind]any{
		KindOrderIssued: Document{ID: "ord_1"}, KindOperationRequested: Operation{ID: "op_1", Kind: Void, Reason: HoldExpired},
		KindOrderMoved: Move{Event: Cancel}, KindShiftMoved: ShiftMove{PaidIn, 1, "coins"},
	} {
		e, err := NewEntry(kind, "ord_1", "", body)
		if err != nil {
			t.Fatal(err)
		}
		before := string(e.Body)
		if err := e.SetAside(nil); err != nil || string(e.Body) != before || e.Brings.Told != nil {
			t.Errorf("%s became %s, %v", before, e.Body, err)
		}
	}
}
