// @ts-check
// Plotly's own Vietnamese locale has no figures and no words: this one has both.

const VI = {
  moduleType: "locale",
  name: "vi",
  dictionary: {
    "Download plot": "Tải biểu đồ",
    "Download plot as a PNG": "Tải biểu đồ (ảnh PNG)",
    "Taking snapshot - this may take a few seconds": "Đang tạo ảnh, xin chờ vài giây",
    "Snapshot succeeded": "Đã tạo ảnh",
    "Sorry, there was a problem downloading your snapshot!": "Rất tiếc, không tải được ảnh.",
    Zoom: "Phóng to vùng",
    Pan: "Kéo",
    "Zoom in": "Phóng to",
    "Zoom out": "Thu nhỏ",
    Autoscale: "Tự co giãn",
    "Reset axes": "Đặt lại trục",
  },
  format: {
    days: ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
    shortDays: ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
    months: Array.from({ length: 12 }, (_, at) => `Tháng ${at + 1}`),
    shortMonths: Array.from({ length: 12 }, (_, at) => `Th${at + 1}`),
    date: "%d/%m/%Y",
    decimal: ",",
    thousands: ".",
  },
};

/**
 * Teaches Plotly Vietnamese and says which locale it is to use.
 * @param {any} plotly
 * @param {string} language
 */
export function readable(plotly, language) {
  plotly.register(VI);
  return language === "vi" ? "vi" : "en-US";
}
