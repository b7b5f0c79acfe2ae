package till_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// A day with real orders: the report says what somebody gets who adds up the file.
func TestADaysRealSales(t *testing.T) {
	b := newBench(t, nil)
	b.Currency = "USD"
	file, err := os.Open("../testdata/chinook-orders.jsonl")
	b.must(err)
	defer func() { b.must(file.Close()) }()
	var sum domain.Amount
	orders := 0
	b.openShift(0)
	for lines := bufio.NewScanner(file); lines.Scan(); orders++ {
		var line struct {
			Total    string `json:"expected_total"`
			Products []struct {
				Title    string
				Price    json.Number
				Quantity int64
			}
		}
		b.must(json.Unmarshal(lines.Bytes(), &line))
		total, err := domain.Currency("USD").Parse(line.Total)
		b.must(err)
		sum += total
		wish := till.NewOrder{Counter: true, Cart: domain.Cart{Currency: "USD"}}
		for _, p := range line.Products {
			price, err := domain.Currency("USD").Parse(p.Price.String())
			b.must(err)
			wish.Cart.Lines = append(wish.Cart.Lines, domain.Line{Title: p.Title, Price: price, Quantity: p.Quantity})
		}
		o, err := b.Issue(b.ctx, till.Intent{}, wish)
		b.must(err)
		_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: domain.Cash})
		b.must(err)
		b.clock.forward(time.Minute)
	}
	z := b.closeShift(sum)
	if day := z.Report.Sales[0]; orders != 412 || day.Orders != 412 || day.First != "1" || day.Last != "412" || day.Total().Net() != sum || day.Total().Sales != 412 {
		t.Errorf("%+v, want %d", day, sum)
	}
	var byHour domain.Amount
	for _, h := range z.Report.Hours {
		byHour += h.Net()
	}
	if byHour != sum || len(z.Report.Hours) != 7 || z.Report.Drawer.Difference != 0 || sum != 232860 {
		t.Errorf("%d by %d hours; %+v", byHour, len(z.Report.Hours), z.Report.Drawer)
	}
}
