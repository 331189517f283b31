using WhispurrNet.MonitorSpeed;

return MonitorSpeed.Measure();
